import type { ServerTime } from '../clock/server-time.ts';
import type { Scheduler } from './scheduler.ts';
import type { TabPort, TabTime } from './tabs.ts';

/** Tabs of one device answer each other at once; what takes longer tells no time. */
const longestAnswerMs = 1_000;

export interface LeaderTimeDeps {
  readonly time: ServerTime;
  readonly scheduler: Scheduler;
  readonly tabs: TabPort;
}

/**
 * The server's time in a tab that follows, asked of the one that leads whenever that has measured. Its offset alone
 * would say nothing: the device's clock may have been set since, and pages count their time from different moments.
 */
export class LeaderTime {
  readonly #deps: LeaderTimeDeps;
  readonly #learned: () => void;
  /** By the leader's last word. */
  #offsetMs: number | null = null;
  /** When it was last asked; an answer to an earlier question is of no use. */
  #askedMs: number | undefined;

  constructor(deps: LeaderTimeDeps, learned: () => void) {
    this.#deps = deps;
    this.#learned = learned;
  }

  /** @param offsetMs which the leader tells in its status; null until it has measured */
  measured(offsetMs: number | null): void {
    const isNews = !this.#deps.time.known || offsetMs !== this.#offsetMs;
    this.#offsetMs = offsetMs;
    if (offsetMs !== null && isNews) this.#ask();
  }

  answered({ askedMs, serverMs }: TabTime): void {
    if (askedMs !== this.#askedMs) return;
    const { time, scheduler } = this.#deps;
    const receivedMs = scheduler.monotonicMs();
    if (receivedMs - askedMs > longestAnswerMs) {
      // One of the two slept.
      this.#ask();
      return;
    }
    this.#askedMs = undefined;
    const times = { serverReceivedMs: serverMs, serverSentMs: serverMs };
    time.addBurst([{ sentMs: askedMs, ...times, receivedMs }]);
    this.#learned();
  }

  #ask(): void {
    const { scheduler, tabs } = this.#deps;
    this.#askedMs = scheduler.monotonicMs();
    tabs.post({ kind: 'time', askedMs: this.#askedMs });
  }
}
