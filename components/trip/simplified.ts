import type { Point } from '../map/geo.ts';

/**
 * How far off a line through the others each point is, in the order in which Douglas and Peucker (1973) take them: a
 * line through those that are further off than a tolerance passes by no other at more than that. Ends count without
 * limit; 0 for what is within `finest`.
 */
export function weightsOf(line: readonly Point[], finest: number): Float64Array {
  const weights = new Float64Array(line.length);
  if (line.length === 0) return weights;
  weights[0] = Number.POSITIVE_INFINITY;
  weights[line.length - 1] = Number.POSITIVE_INFINITY;
  const open: [from: number, to: number, within: number][] = [
    [0, line.length - 1, Number.POSITIVE_INFINITY],
  ];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, until, within] = span;
    const [a, b] = [line[from], line[until]];
    if (!a || !b) continue;
    let furthest = -1;
    let mostOff = finest;
    for (let index = from + 1; index < until; index++) {
      const point = line[index];
      const off = point ? distanceTo(a, b, point) : 0;
      if (off > mostOff) [mostOff, furthest] = [off, index];
    }
    if (furthest < 0) continue;
    // Nobody comes before whoever was split off first.
    const weight = Math.min(within, mostOff);
    weights[furthest] = weight;
    open.push([from, furthest, weight], [furthest, until, weight]);
  }
  return weights;
}

/** From a point to the line between two others, or to the one that both are. */
function distanceTo(a: Point, b: Point, { x, y }: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const part = squared === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / squared;
  const at = Math.min(1, Math.max(0, part));
  return Math.hypot(x - a.x - dx * at, y - a.y - dy * at);
}
