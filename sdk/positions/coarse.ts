import type { LatLng } from './earth.ts';

/** Length of one degree of latitude, metres: a 40,007.863 km meridian over 360 (WGS 84). */
const metresPerDegree = 111_133;
const cellMetres = 1_000;

/** How far outside its cell a device must be before it shows in another. */
const marginMetres = 200;

/**
 * A fix coarsened to the middle of its cell of about one kilometre. The same cell always gives the same point, so
 * that no average over a trail comes nearer to the truth.
 *
 * @param held the point shown last: it stays while the fix is in its cell or up to 200 m beside it. Without that, a
 * phone that rests at a cell's edge would show, by changing cells, that it is there
 */
export function coarsen(fix: LatLng, held?: LatLng): LatLng {
  if (held && isNear(fix, held)) return held;
  const latStep = cellMetres / metresPerDegree;
  const row = Math.floor(fix.lat / latStep);
  const lat = (row + 0.5) * latStep;
  // The step of longitude follows from the row alone: two fixes of one row share their grid.
  const lngStep = lngStepAt(lat);
  const lng = (Math.floor(fix.lng / lngStep) + 0.5) * lngStep;
  return { lat: within(90, lat), lng: within(180, lng) };
}

function isNear(fix: LatLng, held: LatLng): boolean {
  const reach = 0.5 + marginMetres / cellMetres;
  const rows = Math.abs(fix.lat - held.lat) / (cellMetres / metresPerDegree);
  return rows <= reach && Math.abs(fix.lng - held.lng) / lngStepAt(held.lat) <= reach;
}

function lngStepAt(lat: number): number {
  return cellMetres / metresPerDegree / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
}

/** The radius that a coarse fix claims, metres: to the corner of what its point may be held for. */
export const coarseAccuracyM: number = Math.ceil((cellMetres / 2 + marginMetres) * Math.SQRT2);

/** The last cell before a pole or the date line reaches over it; its middle must not. */
function within(limit: number, degrees: number): number {
  return Math.round(Math.min(limit, Math.max(-limit, degrees)) * 1e5) / 1e5;
}
