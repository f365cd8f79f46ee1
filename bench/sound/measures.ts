import type { Arrival } from './arrivals.ts';
import { slotSamples } from './chirps.ts';
import type { Scene, SceneEvent } from './scenes.ts';
import { type Moment, momentsOf, stepsOf } from './spread.ts';

/** What a recording says. */
export interface Measures {
  readonly moments: readonly Moment[];
  /** Of the moments that count: all phones sound, and nothing was done to them shortly before. */
  readonly steadySeconds: number;
  readonly spreadMedianMs: number;
  readonly spreadP99Ms: number;
  readonly spreadWorstMs: number;
  /** From its joining to the first of the moments at which the one who came late is within 5 ms; null: nobody joined. */
  readonly joinSeconds: number | null;
  /** Steps in a phone's sound that are heard, where nothing was done to it. */
  readonly jumps: number;
  /** The most that a phone's speed was off by between two chirps, %. */
  readonly speedPercent: number;
  /** Spread from the end of the network to some seconds behind its return; null where it was not cut. */
  readonly darkWorstMs: number | null;
  /** Moments at which a phone that should sound did not. */
  readonly silentMoments: number;
}

/** After a start, how long it has to settle. */
const settleSeconds = 10;
/** After a joining the goal is another one. */
const joinSettleSeconds = 2;
const joinedWithinMs = 5;
/** More than half a percent of half a second, and more than trims make. */
const jumpBeyondMs = 5;
/** Around a doubtful place of the recording. */
const doubtSeconds = 1.1;

export function measure(
  channels: readonly (readonly Arrival[])[],
  { events }: Scene,
  doubtful: readonly number[],
): Measures {
  const isSure = (seconds: number): boolean =>
    doubtful.every((place) => Math.abs(place - seconds) > doubtSeconds);
  const moments = momentsOf(channels).filter(({ seconds }) => isSure(seconds));
  const end = timeOf(events, 'end');
  const start = timeOf(events, 'play') + settleSeconds;
  const join = events.find(({ kind }) => kind === 'join');
  const expectedAt = (seconds: number): readonly number[] =>
    events.flatMap((event) => {
      const isIn = event.kind === 'play' || event.kind === 'join';
      const settle = event.kind === 'play' ? settleSeconds : joinSettleSeconds;
      return isIn && seconds > event.seconds + settle ? event.phones : [];
    });
  const steady = moments.filter(({ seconds }) => seconds > start && seconds < end - 1);
  const spreads = steady
    .map((moment) => spreadOf(moment, expectedAt(moment.seconds)))
    .filter((spread) => spread !== null)
    .sort((a, b) => a - b);
  const steps = channels.flatMap((arrivals, phone) =>
    stepsOf(arrivals).filter(
      ({ seconds }) =>
        isSure(seconds) && seconds < end - 1 && expectedAt(seconds - 0.5).includes(phone),
    ),
  );
  const smooth = steps.filter(({ ms }) => Math.abs(ms) <= jumpBeyondMs);
  const slotMs = (slotSamples / 48_000) * 1000;
  return {
    moments,
    steadySeconds: spreads.length / 2,
    spreadMedianMs: quantile(spreads, 0.5),
    spreadP99Ms: quantile(spreads, 0.99),
    spreadWorstMs: spreads.at(-1) ?? Number.NaN,
    joinSeconds: join ? joinSecondsOf(moments, join) : null,
    jumps: steps.length - smooth.length,
    speedPercent: Math.max(0, ...smooth.map(({ ms }) => (Math.abs(ms) / slotMs) * 100)),
    darkWorstMs: darkWorst(moments, events),
    silentMoments: steady.filter(({ seconds, offsetsMs }) =>
      expectedAt(seconds).some((phone) => offsetsMs[phone] === null),
    ).length,
  };
}

function spreadOf({ offsetsMs }: Moment, phones: readonly number[]): number | null {
  const heard = phones.map((phone) => offsetsMs[phone] ?? null).filter((ms) => ms !== null);
  return heard.length < 2 ? null : Math.max(...heard) - Math.min(...heard);
}

/** Infinite where it never came in. */
function joinSecondsOf(
  moments: readonly Moment[],
  { seconds, phones: [late = 0] }: SceneEvent,
): number {
  const after = moments.filter((moment) => moment.seconds > seconds && moment.spreadMs !== null);
  const first = after.find(
    ({ offsetsMs, spreadMs }) =>
      typeof offsetsMs[late] === 'number' &&
      (spreadMs ?? Number.POSITIVE_INFINITY) < joinedWithinMs,
  );
  return first ? first.seconds - seconds : Number.POSITIVE_INFINITY;
}

function darkWorst(moments: readonly Moment[], events: readonly SceneEvent[]): number | null {
  const cut = events.find(({ kind }) => kind === 'cut')?.seconds;
  if (cut === undefined) return null;
  const until = timeOf(events, 'back') + settleSeconds;
  const dark = moments.filter(({ seconds }) => seconds > cut && seconds < until);
  return Math.max(0, ...dark.map(({ spreadMs }) => spreadMs ?? 0));
}

function timeOf(events: readonly SceneEvent[], kind: SceneEvent['kind']): number {
  return events.find((event) => event.kind === kind)?.seconds ?? 0;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
