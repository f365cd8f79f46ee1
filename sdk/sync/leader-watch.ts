import type { LeadDeps } from './tab-lead.ts';
import type { TabMessage } from './tabs.ts';

/** How often a tab that is looked at asks, and how many answers it misses before it takes over: within 900 ms. */
const askMs = 300;
const readMs = 50;
const firstPatience = 2;
const maxPatience = 16;
/** Who was robbed so long ago is as impatient as before. */
const calmMs = 60_000;

/**
 * Watches the tab that leads from one that follows. It asks and is answered by message: a hidden tab's timers come
 * once a second or a minute, its messages at once, and a frozen one's not at all.
 *
 * A leader that only was busy loses too, which is harmless and not for nothing; so that two busy tabs do not take the
 * lead from each other in turns, each that was robbed becomes twice as patient.
 */
export class LeaderWatch {
  readonly #deps: LeadDeps;
  readonly #silent: () => void;
  #stopTimer: (() => void) | undefined;
  #answered = true;
  #missed = 0;
  #patience = firstPatience;
  #robbedAtMs = 0;
  #beatAtMs = 0;

  /** @param silent the leader does not answer any more */
  constructor(deps: LeadDeps, silent: () => void) {
    this.#deps = deps;
    this.#silent = silent;
  }

  start(): void {
    this.#answered = true;
    this.#missed = 0;
    this.#wait();
  }

  stop(): void {
    this.#stopTimer?.();
  }

  heard(kind: TabMessage['kind']): void {
    if (kind === 'alive' || kind === 'leads' || kind === 'status') this.#answered = true;
  }

  /** This tab led, and another took the lead from it. */
  robbed(): void {
    this.#patience = Math.min(maxPatience, this.#patience * 2);
    this.#robbedAtMs = this.#deps.scheduler.monotonicMs();
  }

  #wait(): void {
    const { scheduler } = this.#deps;
    this.stop();
    this.#beatAtMs = scheduler.monotonicMs();
    this.#stopTimer = scheduler.after(askMs, () => this.#due());
  }

  #due(): void {
    const { scheduler } = this.#deps;
    const isLate = scheduler.monotonicMs() - this.#beatAtMs > 1.5 * askMs;
    // Where this tab itself was held up, the answer may wait unread behind this very timer.
    if (isLate) this.#stopTimer = scheduler.after(readMs, () => this.#beat());
    else this.#beat();
  }

  #beat(): void {
    const { scheduler, tabs, isVisible } = this.#deps;
    if (scheduler.monotonicMs() - this.#robbedAtMs > calmMs) this.#patience = firstPatience;
    this.#missed = this.#answered || !isVisible() ? 0 : this.#missed + 1;
    this.#wait();
    if (this.#missed >= this.#patience) {
      this.#missed = 0;
      this.#answered = true;
      this.#silent();
      return;
    }
    if (!isVisible()) {
      this.#answered = true;
      return;
    }
    this.#answered = false;
    tabs.post({ kind: 'ask' });
  }
}
