import type { Arrival } from './arrivals.ts';
import { chirpKinds, sampleRate, slotSamples } from './chirps.ts';

/** One chirp as all phones sounded it. */
export interface Moment {
  /** Seconds since the recording began. */
  readonly seconds: number;
  /** Each phone's distance from their middle, ms, later is positive; null where it did not sound. */
  readonly offsetsMs: readonly (number | null)[];
  /** Last less first, ms; null where fewer than two sounded. */
  readonly spreadMs: number | null;
}

const msPerSample = 1000 / sampleRate;
/** A kind comes back after this. */
const cycleSamples = chirpKinds * slotSamples;
/** What is further from the others than this is another chirp. */
const sameWithin = cycleSamples / 2;

/** Puts the phones' chirps side by side. @param channels each phone's arrivals, in order */
export function momentsOf(channels: readonly (readonly Arrival[])[]): readonly Moment[] {
  const all = channels
    .flatMap((arrivals, phone) => arrivals.map((arrival) => ({ ...arrival, phone })))
    .sort((one, other) => one.sample - other.sample);
  const taken = new Set<(typeof all)[number]>();
  const moments: Moment[] = [];
  for (const [index, first] of all.entries()) {
    if (taken.has(first)) continue;
    const samples: (number | null)[] = channels.map(() => null);
    samples[first.phone] = first.sample;
    for (const other of all.slice(index + 1, index + 1 + channels.length * chirpKinds)) {
      if (other.sample - first.sample > sameWithin) break;
      if (other.kind !== first.kind || samples[other.phone] !== null || taken.has(other)) continue;
      samples[other.phone] = other.sample;
      taken.add(other);
    }
    moments.push(momentOf(samples, first.sample));
  }
  return moments;
}

function momentOf(samples: readonly (number | null)[], first: number): Moment {
  const heard = samples.filter((sample) => sample !== null).sort((a, b) => a - b);
  const middle = heard[heard.length >> 1] ?? first;
  return {
    seconds: first / sampleRate,
    offsetsMs: samples.map((sample) => (sample === null ? null : (sample - middle) * msPerSample)),
    spreadMs: heard.length < 2 ? null : ((heard.at(-1) ?? first) - first) * msPerSample,
  };
}

/** How a phone's sound moved between two neighbouring chirps. */
export interface Step {
  /** Seconds since the recording began. */
  readonly seconds: number;
  /** Later than half a second behind the chirp before, ms; earlier is negative. */
  readonly ms: number;
}

/** The steps of one phone, but for those across a gap in its sound. */
export function stepsOf(arrivals: readonly Arrival[]): readonly Step[] {
  return arrivals.flatMap(({ sample }, index) => {
    const before = arrivals[index - 1];
    if (!before || sample - before.sample > 1.5 * slotSamples) return [];
    const ms = (sample - before.sample - slotSamples) * msPerSample;
    return [{ seconds: sample / sampleRate, ms }];
  });
}
