import type { JamzError } from '../protocol/errors.ts';

/** How one op ended. The promise is made only for those who look, so that ten thousand taps cost no promises. */
export class Settlement {
  /** Null: it is in the log. */
  #outcome: JamzError | null | undefined;
  #waiting: PromiseWithResolvers<void> | undefined;

  /** Settles with the server's answer; never unhandled when nobody waits. */
  get acked(): Promise<void> {
    if (!this.#waiting) {
      this.#waiting = Promise.withResolvers();
      this.#waiting.promise.catch(() => {});
      this.#tell();
    }
    return this.#waiting.promise;
  }

  /** Whoever waits for this one hears what becomes of `source`, too. */
  followFrom(source: Settlement): void {
    source.acked.then(
      () => this.settle(),
      (error: JamzError) => this.settle(error),
    );
  }

  /** The first outcome stands. */
  settle(error: JamzError | null = null): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = error;
    this.#tell();
  }

  #tell(): void {
    if (this.#outcome) this.#waiting?.reject(this.#outcome);
    else if (this.#outcome === null) this.#waiting?.resolve();
  }
}

/** Of an op that was refused at once. */
export function refused<Op extends { readonly settlement: Settlement }>(
  submitted: Op,
  error: JamzError,
): Op {
  submitted.settlement.settle(error);
  return submitted;
}
