import type { FineOffset, OffsetBounds } from './fine-offset.ts';
import { OffsetFilter } from './offset-filter.ts';

/** One question for the time: when it left and came back here, when it came and left there. */
export interface Probe {
  /** By this device's monotonic clock, ms. */
  readonly sentMs: number;
  /** By the server's clock, ms since 1970. */
  readonly serverReceivedMs: number;
  readonly serverSentMs: number;
  /** By this device's monotonic clock, ms. */
  readonly receivedMs: number;
}

export interface ServerTimeOptions {
  /** Never jumps, as `performance.now()`. */
  readonly monotonicMs: () => number;
  /** The device's own clock, ms since 1970, however wrong. */
  readonly wallMs: () => number;
  /** Brings what sees through jitter; asked for once a link has told the time for a while. Without it: the filter alone. */
  readonly refine?: (() => Promise<FineOffset>) | undefined;
}

/** Probes to a burst. */
export const probesPerBurst = 8;

/** The bursts of a new link: before, the filter knows as much. */
const refinedAfter = 24;

/** How many of a burst's probes, those with the shortest round trips, are believed. */
const believedProbes = 3;

/** A correction back by less than this is waited out, so that time stands still rather than run backwards. */
const waitedOutMs = 1_000;

/**
 * The server's time as this device estimates it: bursts of probes (Cristian 1989; the offset of NTP, RFC 5905 §8), of
 * each the median offset of the three shortest round trips, filtered for offset and drift, and then finer by what all of
 * them prove together. Between bursts, and through any outage, it runs on the device's monotonic clock and that drift.
 *
 * @example
 * const time = new ServerTime({ monotonicMs: () => performance.now(), wallMs: Date.now });
 * time.addBurst(probes);
 * time.nowMs();
 */
export class ServerTime {
  readonly #monotonicMs: () => number;
  readonly #wallMs: () => number;
  readonly #filter = new OffsetFilter();
  readonly #refine: ServerTimeOptions['refine'];
  #fine: FineOffset | undefined;
  /** What the fine estimate begins with once it is there. */
  #answers: readonly OffsetBounds[] = [];
  #isRefining = false;
  #roundTripMs: number | null = null;
  #shownMs = Number.NEGATIVE_INFINITY;

  constructor(options: ServerTimeOptions) {
    this.#monotonicMs = options.monotonicMs;
    this.#wallMs = options.wallMs;
    this.#refine = options.refine;
  }

  /** Whether the server was asked: before, the time is the device's own. */
  get known(): boolean {
    return this.#filter.known;
  }

  /** The server's clock less the device's own, ms; null until known. */
  get offsetMs(): number | null {
    return this.known ? this.nowMs() - this.#wallMs() : null;
  }

  /** The shortest round trip of the last burst, ms; null until known. */
  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }

  /** How far off the estimate may be, one standard deviation, ms; infinite until known. It grows through an outage. */
  get uncertaintyMs(): number {
    return (this.#fine ?? this.#filter).deviationMs(this.#monotonicMs());
  }

  /** The server's time now, ms since 1970, in fractions. From the first burst on it runs backwards only to undo an error of a second or more. */
  nowMs(): number {
    if (!this.known) return this.#wallMs();
    const monotonicMs = this.#monotonicMs();
    const nowMs = monotonicMs + (this.#fine ?? this.#filter).offsetAt(monotonicMs);
    const behindMs = this.#shownMs - nowMs;
    if (behindMs > 0 && behindMs < waitedOutMs) return this.#shownMs;
    this.#shownMs = nowMs;
    return nowMs;
  }

  /** Takes in the answers of one burst, in any number. Probes that cannot be true are left out. */
  addBurst(probes: readonly Probe[]): void {
    const measured = probes
      .map(measure)
      .filter(({ roundTripMs, offsetMs }) => roundTripMs >= 0 && Number.isFinite(offsetMs));
    this.#finer(measured);
    measured.sort((a, b) => a.roundTripMs - b.roundTripMs);
    measured.length = Math.min(measured.length, believedProbes);
    const best = measured[0];
    const middle = measured.sort((a, b) => a.offsetMs - b.offsetMs)[measured.length >> 1];
    if (!best || !middle) return;
    this.#roundTripMs = best.roundTripMs;
    this.#filter.add(middle);
  }

  #finer(measured: readonly Measured[]): void {
    if (this.#fine) {
      this.#fine.add(measured);
      return;
    }
    if (!this.#refine) return;
    this.#answers = [...this.#answers, ...measured].slice(-refinedAfter);
    if (this.#answers.length < refinedAfter || this.#isRefining) return;
    this.#isRefining = true;
    this.#refine().then(
      (fine) => {
        fine.add(this.#answers);
        this.#fine = fine;
      },
      // The next burst asks again.
      () => {
        this.#isRefining = false;
      },
    );
  }
}

interface Measured extends OffsetBounds {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

function measure({ sentMs, serverReceivedMs, serverSentMs, receivedMs }: Probe): Measured {
  const [leastMs, mostMs] = [serverSentMs - receivedMs, serverReceivedMs - sentMs];
  return {
    atMs: (sentMs + receivedMs) / 2,
    leastMs,
    mostMs,
    offsetMs: (leastMs + mostMs) / 2,
    roundTripMs: mostMs - leastMs,
  };
}
