/** A map that forgets what was used longest ago once what it holds weighs more than `ceiling`. */
export class LruMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #ceiling: number;
  readonly #weightOf: (value: V) => number;
  #weight = 0;

  /** @param weightOf the same for a value at all times; default 1, so that the ceiling is a number of entries */
  constructor(ceiling: number, weightOf: (value: V) => number = () => 1) {
    this.#ceiling = ceiling;
    this.#weightOf = weightOf;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Counts as a use. */
  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** What was set last stays, whatever it weighs. */
  set(key: K, value: V): void {
    this.delete(key);
    this.#entries.set(key, value);
    this.#weight += this.#weightOf(value);
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#ceiling || oldest === key) return;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#weight -= this.#weightOf(value);
    this.#entries.delete(key);
  }
}
