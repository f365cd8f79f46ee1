import type { LitElement, ReactiveController } from 'lit';

/** Below this many pixels from the end, the end is in sight. */
const nearPx = 24;

/** Within this many pixels of the start, what was said before is asked for. */
const earlyPx = 400;

/** Keeps the end of the log in sight while the person is there, and leaves them alone while they read back. */
export class LogScroll implements ReactiveController {
  /** Whether the person is at the end, as far as is known. */
  atEnd = true;
  readonly #host: LitElement;
  readonly #onEnd: () => void;
  readonly #onStart: () => void;
  /** What the person reads, and where it stood before this render. */
  #anchor: { readonly line: Element; readonly topPx: number } | undefined;
  #resized: ResizeObserver | undefined;
  #watched: Element | undefined;
  /** The log's heights, outer and inner, when its end was last looked for. */
  #heights = '';

  /**
   * @param onEnd told when the person comes to the end
   * @param onStart told whenever they are near the start
   */
  constructor(host: LitElement, onEnd: () => void, onStart: () => void) {
    this.#host = host;
    this.#onEnd = onEnd;
    this.#onStart = onStart;
    host.addController(this);
  }

  /** Whether a new message is seen as it comes: the end is in sight, in a tab that is. */
  get looking(): boolean {
    const log = this.#log;
    const inSight = log !== undefined && log.clientHeight > 0;
    return this.atEnd && inSight && this.#host.ownerDocument.visibilityState === 'visible';
  }

  /** Lines come and go above what the person reads: that stays where it is. */
  hostUpdate(): void {
    const log = this.#log;
    this.#anchor = undefined;
    if (this.atEnd || !log || log.clientHeight === 0) return;
    const startPx = log.getBoundingClientRect().top;
    // Not a divider: that of a day moves up to the day's first message.
    const lines = [...log.querySelectorAll('.message')];
    const line = lines.find((one) => one.getBoundingClientRect().bottom > startPx);
    if (line) this.#anchor = { line, topPx: line.getBoundingClientRect().top };
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    const log = this.#log;
    if (log && this.#anchor?.line.isConnected) {
      const { line, topPx } = this.#anchor;
      const movedPx = line.getBoundingClientRect().top - topPx;
      if (Math.abs(movedPx) >= 1) log.scrollTop += movedPx;
    }
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
    if (!atEnd && log.scrollTop < earlyPx) this.#onStart();
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
