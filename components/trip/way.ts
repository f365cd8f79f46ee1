import type { LatLng, TripPoint } from '../../sdk/index.ts';
import { metresPerPixel, type Point, project } from '../map/geo.ts';
import { isSilence, lastNotAfter, type Sampling, whereWas } from './whereabouts.ts';

/**
 * Somebody's way as drawings on a plane that the map slides and scales under its camera: CSS pixels of the map at
 * `planeZoom`, from a common origin.
 */
export interface Way {
  /** Path data of what was seen. */
  readonly seen: string;
  /** Path data of the silences, from where it began to where it ended. */
  readonly unseen: string;
  /** Where only the neighbourhood is known. */
  readonly rough: readonly Disc[];
  /** Path data of what was seen until then. */
  passed(atMs: number): string;
}

export interface Disc extends Point {
  readonly r: number;
}

export const planeZoom = 12;

/** In pixels of the plane: half a metre and some, less than the width of the line at any zoom. */
const tolerance = 0.04;

interface Step extends Point {
  readonly atMs: number;
  /** The line begins anew here. */
  readonly begins: boolean;
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
      if (before?.mode === 'precise') unseen += `${to('M', onPlane(before))}${to('L', at)}`;
    }
    before = point;
  }
  const steps = runs.flatMap(simplified);
  return {
    seen: drawn(steps),
    unseen,
    rough: [...rough.values()],
    passed(atMs) {
      const until = lastNotAfter(steps, atMs);
      const here = whereWas(points, atMs, sampling);
      const tip = here?.certainty === 'seen' && until >= 0 ? to('L', onPlane(here)) : '';
      return drawn(steps.slice(0, until + 1)) + tip;
    },
  };
}

/** Where a place stands on the plane. */
export function planeAt(origin: LatLng): (at: LatLng) => Point {
  const camera = { ...origin, zoom: planeZoom };
  return (at) => project(camera, { width: 0, height: 0 }, at);
}

/** Without the points that a line through the others passes by closely (Douglas and Peucker, 1973). */
function simplified(run: readonly Step[]): readonly Step[] {
  const kept = new Set([0, run.length - 1]);
  const open: [from: number, to: number][] = [[0, run.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, until] = span;
    const [a, b] = [run[from], run[until]];
    if (!a || !b) continue;
    let furthest = -1;
    let mostOff = tolerance;
    for (let index = from + 1; index < until; index++) {
      const step = run[index];
      const off = step ? distanceTo(a, b, step) : 0;
      if (off > mostOff) [mostOff, furthest] = [off, index];
    }
    if (furthest < 0) continue;
    kept.add(furthest);
    open.push([from, furthest], [furthest, until]);
  }
  return run.filter((_, index) => kept.has(index));
}

/** From a point to the line between two others, or to the one that both are. */
function distanceTo(a: Point, b: Point, { x, y }: Point): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return Math.hypot(x - a.x, y - a.y);
  const part = ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / length ** 2;
  const at = Math.min(1, Math.max(0, part));
  return Math.hypot(x - a.x - (b.x - a.x) * at, y - a.y - (b.y - a.y) * at);
}

function drawn(steps: readonly Step[]): string {
  return steps.map((step) => to(step.begins ? 'M' : 'L', step)).join('');
}

function to(command: 'M' | 'L', { x, y }: Point): string {
  return `${command}${x.toFixed(2)} ${y.toFixed(2)}`;
}
