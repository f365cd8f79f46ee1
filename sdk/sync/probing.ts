import { type Probe, probesPerBurst, type ServerTime } from '../clock/server-time.ts';
import { JamzError } from '../protocol/errors.ts';
import type { Link } from '../transport/link.ts';
import type { Scheduler } from './scheduler.ts';

const probeTimeoutMs = 8_000;
const wakeTimeoutMs = 3_000;
const intervalMs = 10_000;
const joinBursts = 3;

export interface ProbingEvents {
  /** The estimate of the server's clock moved. */
  measured(): void;
  /** The link gives no answer any more. */
  dead(error: JamzError): void;
}

/**
 * Asks the server for its time: three bursts of eight serial probes on a new link, then one every ten seconds. The
 * probes are also the link's pulse: where one is not answered, the link is dead, whatever the socket says.
 */
export class Probing {
  readonly #time: ServerTime;
  readonly #scheduler: Scheduler;
  readonly #events: ProbingEvents;
  #link: Link | undefined;
  #stopTimer: (() => void) | undefined;

  constructor(time: ServerTime, scheduler: Scheduler, events: ProbingEvents) {
    this.#time = time;
    this.#scheduler = scheduler;
    this.#events = events;
  }

  use(link: Link | undefined): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#link = link;
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
  }

  async #run(link: Link): Promise<void> {
    try {
      // The first answer alone is enough to let ops go: eight in a row would cost eight round trips.
      this.#take([await this.#probe(link, probeTimeoutMs)], link);
      for (let burst = 0; burst < joinBursts; burst++) await this.#burst(link);
    } catch (error) {
      return this.#dead(error, link);
    }
    this.#again(link);
  }

  #again(link: Link): void {
    if (this.#link !== link) return;
    this.#stopTimer = this.#scheduler.after(intervalMs, () => {
      this.#burst(link).then(
        () => this.#again(link),
        (error: unknown) => this.#dead(error, link),
      );
    });
  }

  async #burst(link: Link): Promise<void> {
    const probes: Probe[] = [];
    for (let count = 0; count < probesPerBurst && this.#link === link; count++) {
      probes.push(await this.#probe(link, probeTimeoutMs));
    }
    this.#take(probes, link);
  }

  async #probe(link: Link, timeoutMs: number): Promise<Probe> {
    const sentMs = this.#scheduler.monotonicMs();
    const answer = await link.request<unknown>('time', sentMs, timeoutMs);
    const receivedMs = this.#scheduler.monotonicMs();
    if (!isTimes(answer)) {
      throw new JamzError('unavailable', 'The answer did not come from this server.');
    }
    return { sentMs, serverReceivedMs: answer[0], serverSentMs: answer[1], receivedMs };
  }

  #take(probes: readonly Probe[], link: Link): void {
    if (this.#link !== link || probes.length === 0) return;
    this.#time.addBurst(probes);
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
