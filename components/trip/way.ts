import type { LatLng, TripPoint } from '../../sdk/index.ts';
import { metresPerPixel, type Point, project } from '../map/geo.ts';
import { weightsOf } from './simplified.ts';
import { drawTo, type Step, type Stretches, stretchesOf } from './way-stretches.ts';
import { isSilence, type Sampling, whereWas } from './whereabouts.ts';

/**
 * Somebody's way as drawings on a plane that the map slides and scales under its camera: CSS pixels of the map at
 * `planeZoom`, from a common origin.
 */
export interface Way {
  /** Path data of the silences, from where it began to where it ended. */
  readonly unseen: string;
  /** Where only the neighbourhood is known. */
  readonly rough: readonly Disc[];
  /** What was seen, with as many corners as a map at this zoom can show. */
  seen(zoom: number): Stretches;
  /** Where the line that was seen ends then; undefined while nobody sees it. */
  endAt(atMs: number): Point | undefined;
}

export interface Disc extends Point {
  readonly r: number;
}

export const planeZoom = 12;

/** In pixels of the plane: half a metre and some, less than the width of the line at any zoom. */
const finest = 0.04;
/** Of the screen: far less than the width of the line. */
const tolerancePx = 0.4;

interface Weighed extends Step {
  readonly weight: number;
}

export function wayOf(points: readonly TripPoint[], origin: LatLng, sampling: Sampling): Way {
  const onPlane = planeAt(origin);
  const runs: Step[][] = [];
  const rough = new Map<string, Disc>();
  let unseen = '';
  let before: TripPoint | undefined;
  for (const point of points) {
    const at = onPlane(point);
    if (point.mode === 'coarse') {
      const perPixelM = metresPerPixel({ ...point, zoom: planeZoom });
      rough.set(`${point.lat} ${point.lng}`, { ...at, r: point.accuracyM / perPixelM });
    } else if (before?.mode === 'precise' && !isSilence(before, point, sampling)) {
      runs.at(-1)?.push({ ...at, atMs: point.atMs, begins: false });
    } else {
      runs.push([{ ...at, atMs: point.atMs, begins: true }]);
      if (before?.mode === 'precise') unseen += drawTo('M', onPlane(before)) + drawTo('L', at);
    }
    before = point;
  }
  const steps = runs.flatMap(weighed);
  const levels = new Map<number, Stretches>();
  return {
    unseen,
    rough: [...rough.values()],
    seen(zoom) {
      const tolerance = Math.max(finest, tolerancePx * 2 ** (planeZoom - Math.ceil(zoom)));
      const known = levels.get(tolerance);
      if (known) return known;
      const made = stretchesOf(steps.filter(({ weight }) => weight > tolerance));
      levels.set(tolerance, made);
      return made;
    },
    endAt(atMs) {
      const here = whereWas(points, atMs, sampling);
      return here?.certainty === 'seen' ? onPlane(here) : undefined;
    },
  };
}

/** Where a place stands on the plane. */
export function planeAt(origin: LatLng): (at: LatLng) => Point {
  const camera = { ...origin, zoom: planeZoom };
  return (at) => project(camera, { width: 0, height: 0 }, at);
}

function weighed(run: readonly Step[]): readonly Weighed[] {
  const weights = weightsOf(run, finest);
  return run.flatMap((step, index) => {
    const weight = weights[index] ?? 0;
    return weight > 0 ? [{ ...step, weight }] : [];
  });
}
