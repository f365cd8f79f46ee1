import { type Probe, probesPerBurst, type ServerTime } from '../clock/server-time.ts';
import { JamzError } from '../protocol/errors.ts';
import type { Link } from '../transport/link.ts';
import type { Scheduler } from './scheduler.ts';

const probeTimeoutMs = 8_000;
const wakeTimeoutMs = 3_000;
const intervalMs = 10_000;
/** Between two probes while something is at stake: as many as the bursts of a link at rest, one by one. */
const beatMs = 900;
/** An answer that is out for longer than this, or than four round trips, is missed. */
const patienceMs = 1_000;
/** Each op that is on its way up may hold up a probe behind it: 150 bytes over 15 kB/s. */
const patiencePerOpMs = 10;
const joinBursts = 3;
/** How often it is asked whether the bursts of a new link may begin, and how many times at most: within a second. */
const settleMs = 50;
const maxSettles = 20;
/** While nobody looks, one time in so many is a burst: a pulse needs one probe, and a clock that is known no more. */
const restsPerBurst = 3;

export interface ProbingEvents {
  /** The estimate of the server's clock moved. */
  measured(): void;
  /** An answer is missed: so far the link is only silent. */
  silent(): void;
  /** The silent link answers again. */
  heard(): void;
  /** The link gives no answer any more. */
  dead(error: JamzError): void;
}

export interface ProbingDeps {
  readonly time: ServerTime;
  readonly scheduler: Scheduler;
  /** Ops that wait for the server. */
  readonly pending: () => number;
  /** Whether somebody is looking. */
  readonly isVisible: () => boolean;
  /** Whether what somebody waits for is still on its way over the new link. */
  readonly isBusy: () => boolean;
}

/**
 * Asks the server for its time: once on a new link, and in three bursts of eight serial probes as soon as that is in
 * step, or a second later; then a burst every half minute and a single probe every ten seconds between. The probes are also the link's pulse. Where one is not answered for long the link is dead, whatever the socket says;
 * while somebody looks or something waits they come one by one, and one that is missed is told at once.
 */
export class Probing {
  readonly #deps: ProbingDeps;
  readonly #events: ProbingEvents;
  #link: Link | undefined;
  #stopTimer: (() => void) | undefined;
  /** The next probe is one of a burst, and far off. */
  #resting = false;
  #rests = 0;
  #silent = false;
  #beats: Probe[] = [];

  constructor(deps: ProbingDeps, events: ProbingEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  use(link: Link | undefined): void {
    this.#stop();
    this.#link = link;
    this.#silent = false;
    this.#beats = [];
    this.#rests = 0;
    if (link) void this.#run(link);
  }

  /** Is the link still alive, after sleep or a long time in the background? */
  check(): void {
    const link = this.#link;
    if (!link) return;
    this.#probe(link, wakeTimeoutMs).then(
      (probe) => this.#take([probe], link),
      (error: unknown) => this.#dead(error, link),
    );
    this.hurry();
  }

  /** Something may be at stake that was not when the next probe was planned. */
  hurry(): void {
    if (this.#resting && this.#link && this.#isAtStake) this.#again(this.#link);
  }

  get #isAtStake(): boolean {
    return this.#deps.isVisible() || this.#deps.pending() > 0;
  }

  async #run(link: Link): Promise<void> {
    try {
      // The first answer alone is enough to let ops go: eight in a row would cost eight round trips.
      this.#take([await this.#probe(link, probeTimeoutMs)], link);
      // The bursts would come between the pieces of the first state, and between the first pushes.
      for (let settles = 0; settles < maxSettles && this.#deps.isBusy(); settles++) {
        await this.#pause();
      }
      for (let burst = 0; burst < joinBursts; burst++) await this.#burst(link);
    } catch (error) {
      return this.#dead(error, link);
    }
    this.#again(link);
  }

  #again(link: Link): void {
    if (this.#link !== link) return;
    this.#stop();
    const isBeat = this.#isAtStake;
    this.#resting = !isBeat;
    this.#stopTimer = this.#deps.scheduler.after(isBeat ? beatMs : intervalMs, () => {
      const isBurst = !isBeat && this.#rests++ % restsPerBurst === 0;
      (isBurst ? this.#burst(link) : this.#beat(link)).then(
        () => this.#again(link),
        (error: unknown) => this.#dead(error, link),
      );
    });
  }

  /** Ends never where the link is given up meanwhile. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#stopTimer = this.#deps.scheduler.after(settleMs, resolve);
    });
  }

  #stop(): void {
    this.#stopTimer?.();
    this.#resting = false;
  }

  async #beat(link: Link): Promise<void> {
    this.#beats.push(await this.#probe(link, probeTimeoutMs));
    if (this.#beats.length >= probesPerBurst) this.#take(this.#beats.splice(0), link);
  }

  async #burst(link: Link): Promise<void> {
    const probes: Probe[] = [];
    for (let count = 0; count < probesPerBurst && this.#link === link; count++) {
      probes.push(await this.#probe(link, probeTimeoutMs));
    }
    this.#take(probes, link);
  }

  async #probe(link: Link, timeoutMs: number): Promise<Probe> {
    const { scheduler } = this.#deps;
    const sentMs = scheduler.monotonicMs();
    const stopWaiting = this.#awaitSign(link);
    let answer: unknown;
    try {
      answer = await link.request<unknown>('time', sentMs, timeoutMs);
    } finally {
      stopWaiting();
    }
    const receivedMs = scheduler.monotonicMs();
    if (!isTimes(answer)) {
      throw new JamzError('unavailable', 'The answer did not come from this server.');
    }
    if (this.#silent && this.#link === link) {
      this.#silent = false;
      this.#events.heard();
    }
    return { sentMs, serverReceivedMs: answer[0], serverSentMs: answer[1], receivedMs };
  }

  /** @returns the answer is here, or will not come */
  #awaitSign(link: Link): () => void {
    const { scheduler, time, pending } = this.#deps;
    const waitMs = Math.max(patienceMs, 4 * (time.roundTripMs ?? 0)) + patiencePerOpMs * pending();
    const dueMs = scheduler.monotonicMs() + waitMs;
    let again = true;
    const due = (): void => {
      if (this.#link !== link || this.#silent) return;
      if (again && scheduler.monotonicMs() - dueMs > waitMs / 2) {
        // This page slept: the answer may be here already and only unread.
        again = false;
        stop = scheduler.after(waitMs, due);
        return;
      }
      this.#silent = true;
      this.#events.silent();
    };
    let stop = scheduler.after(waitMs, due);
    return () => stop();
  }

  #take(probes: readonly Probe[], link: Link): void {
    if (this.#link !== link || probes.length === 0) return;
    this.#deps.time.addBurst(probes);
    this.#events.measured();
  }

  #dead(error: unknown, link: Link): void {
    if (this.#link !== link) return;
    // Told to ask less often is an answer, too.
    if (error instanceof JamzError && error.code === 'rate-limited') {
      this.#again(link);
      return;
    }
    const reason = error instanceof JamzError ? error : new JamzError('unavailable', String(error));
    this.#events.dead(reason);
  }
}

function isTimes(answer: unknown): answer is [number, number] {
  return Array.isArray(answer) && typeof answer[0] === 'number' && typeof answer[1] === 'number';
}
