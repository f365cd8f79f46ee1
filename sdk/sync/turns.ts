/** Runs something once at the end of the current turn, however often it is asked for. */
export class Turns {
  readonly #run: () => void;
  #scheduled = false;
  #closed = false;

  constructor(run: () => void) {
    this.#run = run;
  }

  schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (!this.#closed) this.#run();
    });
  }

  close(): void {
    this.#closed = true;
  }
}
