import type { Route, RoutePoint } from './route.ts';

/** A car on its route at one moment. */
export interface CarPosition {
  readonly lat: number;
  readonly lng: number;
  /** 0 is north, clockwise. */
  readonly headingDeg: number;
  readonly speedMps: number;
  readonly inTunnel: boolean;
}

/**
 * Where a car is `timeS` seconds after the start: between two points of its route, at even speed.
 * Before the start it stands at the first point, after the end at the last.
 */
export function whereAt(route: Route, timeS: number): CarPosition {
  const { points } = route;
  const first = points[0];
  if (!first) throw new RangeError(`The route “${route.name}” has no points.`);
  const index = segmentAt(points, timeS);
  const from = points[index] ?? first;
  const to = points[index + 1] ?? from;
  const spanS = to.timeS - from.timeS;
  const share = spanS > 0 ? Math.min(1, Math.max(0, (timeS - from.timeS) / spanS)) : 0;
  const moving = timeS >= 0 && timeS < route.durationS;
  return {
    lat: from.lat + (to.lat - from.lat) * share,
    lng: from.lng + (to.lng - from.lng) * share,
    headingDeg: headingAlong(points, index),
    speedMps: moving && spanS > 0 ? distanceM(from, to) / spanS : 0,
    inTunnel: route.tunnels.some(({ fromS, toS }) => timeS >= fromS && timeS < toS),
  };
}

/** Index of the last point that is not after `timeS`, found by halving. */
function segmentAt(points: readonly RoutePoint[], timeS: number): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((points[middle]?.timeS ?? Number.POSITIVE_INFINITY) <= timeS) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Routes repeat points where roads meet: the heading is that of the next stretch with a length, else of the last one. */
function headingAlong(points: readonly RoutePoint[], index: number): number {
  const ahead = points.slice(index, index + 8);
  const behind = points.slice(Math.max(0, index - 8), index + 1).reverse();
  const from = ahead[0];
  const next = ahead.find((point) => from && distanceM(from, point) > 0.5);
  if (from && next) return bearingDeg(from, next);
  const earlier = behind.find((point) => from && distanceM(from, point) > 0.5);
  return from && earlier ? bearingDeg(earlier, from) : 0;
}

const earthRadiusM = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Equirectangular: exact to a millimetre over the lengths of a street. */
function distanceM(from: RoutePoint, to: RoutePoint): number {
  const x = radians(to.lng - from.lng) * Math.cos(radians((from.lat + to.lat) / 2));
  const y = radians(to.lat - from.lat);
  return Math.hypot(x, y) * earthRadiusM;
}

function bearingDeg(from: RoutePoint, to: RoutePoint): number {
  const x = radians(to.lng - from.lng) * Math.cos(radians((from.lat + to.lat) / 2));
  const y = radians(to.lat - from.lat);
  return ((Math.atan2(x, y) * 180) / Math.PI + 360) % 360;
}
