import {
  bearingDeg,
  between,
  distanceM,
  type LatLng,
  staleAfterMs,
  type Trip,
  type TripPoint,
} from '../../sdk/index.ts';

/**
 * How well it is known where somebody was: `seen` between two fixes, `unseen` in between two that are far apart, as in a
 * tunnel, `rough` where only the neighbourhood was shared, `over` after their last fix.
 */
export type Certainty = 'seen' | 'unseen' | 'rough' | 'over';

/** Where somebody was at a moment. */
export interface Whereabouts extends LatLng {
  readonly certainty: Certainty;
  /** Which way they went, degrees clockwise from north; null where nothing tells. */
  readonly headingDeg: number | null;
  /** Radius in metres. */
  readonly accuracyM: number;
}

/** What tells a silence from the time between two fixes. */
export type Sampling = Pick<Trip, 'everyMs' | 'gaps'>;

/** Who was silent and is still there has rested. */
const restM = 40;
/** Shorter steps say nothing of a course. */
const courseM = 2;

/** Undefined before the first point, and where there is none. */
export function whereWas(
  points: readonly TripPoint[],
  atMs: number,
  sampling: Sampling,
): Whereabouts | undefined {
  const index = lastNotAfter(points, atMs);
  const from = points[index];
  if (!from) return undefined;
  const to = points[index + 1];
  const { lat, lng, accuracyM } = from;
  if (from.mode === 'coarse') {
    return { lat, lng, accuracyM, headingDeg: null, certainty: to ? 'rough' : 'over' };
  }
  const headingDeg = courseAt(points, index);
  if (!to) {
    const certainty = atMs - from.atMs > staleAfterMs ? 'over' : 'seen';
    return { lat, lng, accuracyM, headingDeg, certainty };
  }
  if (to.mode === 'coarse') return { lat, lng, accuracyM, headingDeg, certainty: 'unseen' };
  const part = (atMs - from.atMs) / (to.atMs - from.atMs);
  return {
    ...between(from, to, part),
    accuracyM: accuracyM + (to.accuracyM - accuracyM) * part,
    headingDeg,
    certainty: isSilence(from, to, sampling) ? 'unseen' : 'seen',
  };
}

/** Whether nobody knows how they came from one point to the next. */
export function isSilence(from: TripPoint, to: TripPoint, { everyMs, gaps }: Sampling): boolean {
  const lost = gaps.some((gap) => gap.fromMs < to.atMs && gap.untilMs > from.atMs);
  const isLong = to.atMs - from.atMs > Math.max(staleAfterMs, 3 * everyMs);
  return (lost || isLong) && distanceM(from, to) > restM;
}

/** Index of the last that is not after `atMs`; -1 before all of them. In order of time. */
export function lastNotAfter(times: readonly { readonly atMs: number }[], atMs: number): number {
  let low = -1;
  let high = times.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((times[middle]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Along the stretch ahead, or the last one behind that is long enough to tell. */
function courseAt(points: readonly TripPoint[], index: number): number | null {
  const here = points[index];
  if (!here) return null;
  const ahead = points.slice(index + 1, index + 4).find((point) => tells(here, point));
  if (ahead) return bearingDeg(here, ahead);
  const behind = points
    .slice(Math.max(0, index - 8), index)
    .findLast((point) => tells(point, here));
  return behind ? bearingDeg(behind, here) : null;
}

function tells(from: TripPoint, to: TripPoint): boolean {
  return from.mode === 'precise' && to.mode === 'precise' && distanceM(from, to) > courseM;
}
