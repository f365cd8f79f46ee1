import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A link that comes and goes is told once it has settled. */
const settleMs = 1500;

/** Text for a `role=status`: changes of state only, told when they have lasted. */
export class Announcer implements ReactiveController {
  /** Empty until the state first changes: what is so from the start is read, not announced. */
  text = '';
  readonly #host: ReactiveControllerHost;
  #told: string | undefined;
  #latest: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  state(key: string, text: string): void {
    if (this.#told === undefined) this.#told = key;
    if (key === this.#latest) return;
    this.#latest = key;
    clearTimeout(this.#timer);
    if (key === this.#told) return;
    this.#timer = setTimeout(() => {
      this.#told = key;
      this.text = text;
      this.#host.requestUpdate();
    }, settleMs);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#latest = undefined;
  }
}
