import type { LitElement, ReactiveController } from 'lit';

/** Calls `paint` before each frame, only while the host is on screen and `wanted` says so. */
export class Frames implements ReactiveController {
  readonly #host: LitElement;
  readonly #wanted: () => boolean;
  readonly #paint: () => void;
  #observer: IntersectionObserver | undefined;
  #onScreen = false;
  #frame: number | undefined;

  constructor(host: LitElement, wanted: () => boolean, paint: () => void) {
    this.#host = host;
    this.#wanted = wanted;
    this.#paint = paint;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((seen) => {
      this.#onScreen = seen.at(-1)?.isIntersecting ?? false;
      this.#next();
    });
    this.#observer.observe(this.#host);
  }

  /** Paints once after every render, so that a host at rest shows the truth too. */
  hostUpdated(): void {
    this.#paint();
    this.#next();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#onScreen = false;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #next(): void {
    if (this.#frame !== undefined || !this.#onScreen || !this.#wanted()) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
      this.#next();
    });
  }
}
