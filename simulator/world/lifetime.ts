import type { VirtualTime } from './virtual-time.ts';

/**
 * What one run of a process may do to the world. Once it has ended, as by a crash, its timers are gone, promises it
 * waits for never settle, and whatever of it still runs reaches nobody.
 */
export class Lifetime {
  readonly #time: VirtualTime;
  readonly #stops = new Set<() => void>();
  /** Waits for the next thing that comes in, and strikes in the middle of it. */
  #interruption: { readonly turns: number; readonly strike: () => void } | undefined;
  /** While a machine sleeps, what should have happened waits here. */
  #asleep: (() => void)[] | undefined;
  #alive = true;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get alive(): boolean {
    return this.#alive;
  }

  get asleep(): boolean {
    return this.#asleep !== undefined;
  }

  /** Timers that wait now. */
  get armed(): number {
    return this.#stops.size;
  }

  /** @returns cancels it */
  after(delayMs: number, run: () => void): () => void {
    if (!this.#alive) return () => {};
    const stop = this.#time.after(delayMs, () => {
      this.#stops.delete(cancel);
      this.enter(() => {
        if (!cancelled) run();
      });
    });
    let cancelled = false;
    const cancel = (): void => {
      cancelled = true;
      this.#stops.delete(cancel);
      stop();
    };
    this.#stops.add(cancel);
    return cancel;
  }

  /** Lets something from outside in: now, when the machine wakes, or never. */
  enter(run: () => void): void {
    if (!this.#alive) return;
    if (this.#asleep) this.#asleep.push(run);
    else {
      run();
      if (this.#interruption) void this.#interrupt(this.#interruption);
    }
  }

  /**
   * Strikes in the middle of what the next thing that comes in sets off: at any await of it.
   *
   * @param turns of the microtask queue until then
   */
  interrupt(turns: number, strike: () => void): void {
    this.#interruption = { turns, strike };
  }

  /** Whatever was to strike does not. */
  spare(): void {
    this.#interruption = undefined;
  }

  sleep(): void {
    if (this.#alive) this.#asleep ??= [];
  }

  wake(): void {
    const held = this.#asleep ?? [];
    this.#asleep = undefined;
    for (const run of held) this.enter(run);
  }

  async #interrupt({ turns, strike }: { turns: number; strike: () => void }): Promise<void> {
    this.#interruption = undefined;
    for (let turn = 0; turn < turns; turn++) await undefined;
    if (this.#alive) strike();
  }

  end(): void {
    this.#alive = false;
    this.#interruption = undefined;
    this.#asleep = undefined;
    for (const stop of [...this.#stops]) stop();
    this.#stops.clear();
  }
}
