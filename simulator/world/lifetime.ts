import type { Owner, Planned, VirtualTime } from './virtual-time.ts';

/**
 * What one run of a process may do to the world. Once it has ended, as by a crash, its timers are gone, promises it
 * waits for never settle, and whatever of it still runs reaches nobody.
 */
export class Lifetime implements Owner {
  readonly #time: VirtualTime;
  #armed = 0;
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
    return this.#armed;
  }

  /** @returns cancels it */
  after(delayMs: number, run: () => void): () => void {
    if (!this.#alive) return () => {};
    const timer = this.#time.plan(delayMs, run, this);
    this.#armed += 1;
    return () => this.#cancel(timer);
  }

  /** A timer has run out. */
  due(timer: Planned): void {
    this.#armed -= 1;
    if (this.#asleep) this.#asleep.push(() => timer.run?.());
    else if (timer.run) this.enter(timer.run);
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
    this.#armed = 0;
  }

  #cancel(timer: Planned): void {
    if (!timer.isDue && timer.run) this.#armed -= 1;
    timer.run = undefined;
  }
}
