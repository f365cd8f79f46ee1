import type { LitElement, ReactiveController } from 'lit';

/** Brings each new question to the top of the log, where its answer has room to grow. */
export class Pinned implements ReactiveController {
  readonly #host: LitElement;
  #wanted = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The next turn that is rendered is a new one. */
  next(): void {
    this.#wanted = true;
  }

  hostUpdated(): void {
    if (!this.#wanted) return;
    const log = this.#host.renderRoot.querySelector<HTMLElement>('.log');
    const turns = log?.querySelectorAll<HTMLElement>('.turn');
    const last = turns?.[turns.length - 1];
    if (!log || !last) return;
    this.#wanted = false;
    // The one before has what it needs: only the last is kept as high as the log.
    for (const turn of turns) turn.style.minBlockSize = '';
    const { paddingBlockStart, paddingBlockEnd } = getComputedStyle(log);
    const paddingPx = Number.parseFloat(paddingBlockStart) + Number.parseFloat(paddingBlockEnd);
    last.style.minBlockSize = `${Math.max(0, log.clientHeight - paddingPx)}px`;
    log.scrollTop += last.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
  }
}
