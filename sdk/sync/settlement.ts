import type { JamzError } from '../protocol/errors.ts';

/** How one op ended. The promise is made only for those who look, so that ten thousand taps cost no promises. */
export class Settlement {
  #outcome: { readonly error: JamzError | undefined } | undefined;
  #promise: Promise<void> | undefined;
  #resolve: (() => void) | undefined;
  #reject: ((error: JamzError) => void) | undefined;

  /** Settles with the server's answer; never unhandled when nobody waits. */
  get acked(): Promise<void> {
    if (this.#promise) return this.#promise;
    if (this.#outcome) {
      const { error } = this.#outcome;
      this.#promise = error ? Promise.reject(error) : Promise.resolve();
    } else {
      this.#promise = new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      });
    }
    this.#promise.catch(() => {});
    return this.#promise;
  }

  /** Whoever waits for this one hears what becomes of `source`, too. */
  followFrom(source: Settlement): void {
    source.acked.then(
      () => this.settle(),
      (error: JamzError) => this.settle(error),
    );
  }

  /** The first outcome stands. */
  settle(error?: JamzError): void {
    if (this.#outcome) return;
    this.#outcome = { error };
    if (error) this.#reject?.(error);
    else this.#resolve?.();
  }
}
