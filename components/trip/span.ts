import type { Trip } from '../../sdk/index.ts';

/** A stretch of time, ms since 1970. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What is shown around the first and the last thing that happened. */
const marginMs = 5_000;

/**
 * The part of a trip in which something is to be seen: of an evening that was asked for, the hour of the drive. Without
 * anybody on the way it is that of the songs and messages; undefined where there is nothing at all.
 */
export function livelySpan(trip: Trip): Span | undefined {
  const seen = trip.travellers.flatMap(({ points }) => ends(points.map(({ atMs }) => atMs)));
  const heard = [
    ...trip.songs.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]),
    ...trip.messages.map(({ atMs }) => atMs),
    ...trip.likes.map(({ atMs }) => atMs),
  ];
  const times = seen.length > 0 ? seen : heard;
  if (times.length === 0) return undefined;
  const { first, last } = times.reduce(
    ({ first: from, last: until }, atMs) => ({
      first: Math.min(from, atMs),
      last: Math.max(until, atMs),
    }),
    { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY },
  );
  const fromMs = Math.max(trip.fromMs, first - marginMs);
  return { fromMs, untilMs: Math.max(fromMs + 1, Math.min(trip.untilMs, last + marginMs)) };
}

/** How far through the span a time is, 0 … 1. */
export function shareIn({ fromMs, untilMs }: Span, atMs: number): number {
  return Math.min(1, Math.max(0, (atMs - fromMs) / (untilMs - fromMs)));
}

export function within({ fromMs, untilMs }: Span, atMs: number): number {
  return Math.min(untilMs, Math.max(fromMs, atMs));
}

function ends(times: readonly number[]): readonly number[] {
  const [first] = times;
  const last = times.at(-1);
  return first === undefined || last === undefined ? [] : [first, last];
}
