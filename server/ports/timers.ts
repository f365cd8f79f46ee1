/** What passes time, injected so that tests and the simulator own it. */
export interface Timers {
  /** @returns ends it */
  every(periodMs: number, run: () => void): () => void;
  /** @returns cancels it */
  after(delayMs: number, run: () => void): () => void;
  /** Once all that arrived together has been handled. */
  afterTurn(run: () => void): void;
}
