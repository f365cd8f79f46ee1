import { bearingDeg, between, distanceM, type LatLng } from './earth.ts';

/** A way that was driven, or is: where somebody was when, and where nothing reached them. */
export interface Track {
  readonly name: string;
  /** In order of time; ms from anything, the first counts as the start. */
  readonly points: readonly (LatLng & { readonly atMs: number })[];
  /** Spans without satellites or network, ms as the points'. */
  readonly outages: readonly { readonly fromMs: number; readonly toMs: number }[];
}

/** Where a track is at one moment. */
export interface OnTrack extends LatLng {
  /** 0 is north, clockwise. */
  readonly headingDeg: number;
  readonly speedMps: number;
  readonly isOut: boolean;
}

/** Where a track is `afterMs` after its start: between two of its points, at even speed. */
export function onTrack({ points, outages }: Track, afterMs: number): OnTrack {
  const first = points[0];
  if (!first) throw new RangeError('The track has no points.');
  const atMs = first.atMs + afterMs;
  const index = legAt(points, atMs);
  const from = points[index] ?? first;
  const to = points[index + 1] ?? from;
  const spanMs = to.atMs - from.atMs;
  const part = spanMs > 0 ? Math.min(1, Math.max(0, (atMs - from.atMs) / spanMs)) : 0;
  const runs = afterMs >= 0 && spanMs > 0 && atMs < to.atMs;
  return {
    ...between(from, to, part),
    headingDeg: headingAlong(points, index),
    speedMps: runs ? (distanceM(from, to) * 1000) / spanMs : 0,
    isOut: outages.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs),
  };
}

/** How long a track takes, ms. */
export function lengthMs({ points }: Track): number {
  return (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
}

/**
 * Reads a drive: a GeoJSON line with `timesS`, the seconds at each of its points, and `tunnelsS`, spans without
 * coverage.
 *
 * @throws {TypeError} for anything else
 */
export function trackFromDrive(feature: unknown): Track {
  const { properties, geometry } = (feature ?? {}) as {
    properties?: { name?: unknown; timesS?: unknown; tunnelsS?: unknown };
    geometry?: { coordinates?: unknown };
  };
  const [coordinates, timesS] = [listOf(geometry?.coordinates), listOf(properties?.timesS)];
  const points = coordinates.map((at, index) => {
    const [lng, lat] = listOf(at);
    return { lat: figure(lat), lng: figure(lng), atMs: figure(timesS[index]) * 1000 };
  });
  const outages = listOf(properties?.tunnelsS).map((span) => {
    const [fromS, toS] = listOf(span);
    return { fromMs: figure(fromS) * 1000, toMs: figure(toS) * 1000 };
  });
  return { name: String(properties?.name ?? 'drive'), points, outages };
}

/**
 * Reads a recorded track (GPX 1.1): its points that have a time. Its own gaps of more than half a minute count as
 * outages.
 *
 * @throws {TypeError} where there is no such point
 */
export function trackFromGpx(xml: string, name: string): Track {
  const points: { lat: number; lng: number; atMs: number }[] = [];
  for (const [, attributes = '', body = ''] of xml.matchAll(/<trkpt\b([^>]*)>(.*?)<\/trkpt>/gs)) {
    const lat = Number(/\blat="([^"]+)"/.exec(attributes)?.[1]);
    const lng = Number(/\blon="([^"]+)"/.exec(attributes)?.[1]);
    const atMs = Date.parse(/<time>([^<]+)<\/time>/.exec(body)?.[1] ?? '');
    const before = points.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
    if (Number.isFinite(lat + lng + atMs) && atMs > before) points.push({ lat, lng, atMs });
  }
  if (points.length === 0) throw new TypeError(`“${name}” has no points with a time.`);
  const outages = points.flatMap(({ atMs }, index) => {
    const next = points[index + 1]?.atMs ?? atMs;
    return next - atMs > 30_000 ? [{ fromMs: atMs, toMs: next }] : [];
  });
  return { name, points, outages };
}

/** Index of the last point that is not after the time, found by halving. */
function legAt(points: Track['points'], atMs: number): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((points[middle]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Points repeat where roads meet: the heading is that of the next leg with a length, else of the last one. */
function headingAlong(points: Track['points'], index: number): number {
  const from = points[index];
  if (!from) return 0;
  const ahead = points.slice(index + 1, index + 8).find((to) => distanceM(from, to) > 0.5);
  if (ahead) return bearingDeg(from, ahead);
  const behind = points
    .slice(Math.max(0, index - 8), index)
    .findLast((at) => distanceM(from, at) > 0.5);
  return behind ? bearingDeg(behind, from) : 0;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError('A drive is a GeoJSON line with timesS and tunnelsS.');
}

function figure(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError('A drive has figures for each of its points.');
}
