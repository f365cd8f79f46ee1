/** A map that forgets what was used longest ago once it holds more than `ceiling`, but for what must stay. */
export class LruMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #ceiling: number;
  readonly #mayForget: (value: V) => boolean;

  /** @param mayForget asked of an old entry; false keeps it, above the ceiling if need be */
  constructor(ceiling: number, mayForget: (value: V) => boolean = () => true) {
    this.#ceiling = ceiling;
    this.#mayForget = mayForget;
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

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#ceiling) return;
    for (const [oldKey, old] of this.#entries) {
      if (oldKey === key || !this.#mayForget(old)) continue;
      this.#entries.delete(oldKey);
      if (this.#entries.size <= this.#ceiling) return;
    }
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }
}
