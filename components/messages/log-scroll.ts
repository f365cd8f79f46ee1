import type { LitElement, ReactiveController } from 'lit';

/** Below this many pixels from the end, the end is in sight. */
const nearPx = 24;

/** Keeps the end of the log in sight while the person is there, and leaves them alone while they read back. */
export class LogScroll implements ReactiveController {
  /** Whether the person is at the end, as far as is known. */
  atEnd = true;
  readonly #host: LitElement;
  readonly #onEnd: () => void;
  #resized: ResizeObserver | undefined;
  #watched: Element | undefined;
  /** The log's heights, outer and inner, when its end was last looked for. */
  #heights = '';

  /** @param onEnd told when the person comes to the end */
  constructor(host: LitElement, onEnd: () => void) {
    this.#host = host;
    this.#onEnd = onEnd;
    host.addController(this);
  }

  /** Whether a new message is seen as it comes: the end is in sight, in a tab that is. */
  get looking(): boolean {
    const log = this.#log;
    const inSight = log !== undefined && log.clientHeight > 0;
    return this.atEnd && inSight && this.#host.ownerDocument.visibilityState === 'visible';
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    const log = this.#log;
    if (log !== this.#watched) {
      // A log in a closed panel has no height and forgets its place; opened, it gets one.
      this.#resized?.disconnect();
      this.#resized = new ResizeObserver(this.#settle);
      if (log) this.#resized.observe(log);
      this.#watched = log;
    }
    this.#settle();
  }

  hostDisconnected(): void {
    this.#resized?.disconnect();
    this.#watched = undefined;
  }

  readonly toEnd = (): void => {
    this.atEnd = true;
    this.#onEnd();
    this.#host.requestUpdate();
  };

  readonly moved = (): void => {
    const log = this.#log;
    if (!log || log.clientHeight === 0) return;
    // A log that was moved or squeezed has lost its place; the person has not left it.
    if (this.atEnd && heightsOf(log) !== this.#heights) {
      this.#settle();
      return;
    }
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < nearPx;
    if (atEnd === this.atEnd) return;
    this.atEnd = atEnd;
    if (atEnd) this.#onEnd();
    this.#host.requestUpdate();
  };

  readonly #settle = (): void => {
    const log = this.#log;
    if (!this.atEnd || !log) return;
    log.scrollTop = log.scrollHeight;
    this.#heights = heightsOf(log);
  };

  get #log(): Element | undefined {
    return this.#host.renderRoot.querySelector('.log') ?? undefined;
  }
}

function heightsOf(log: Element): string {
  return `${log.clientHeight} ${log.scrollHeight}`;
}
