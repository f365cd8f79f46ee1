/** Length of one degree of latitude, metres: a 40,007.863 km meridian over 360 (WGS 84). */
const metresPerDegree = 111_133;
const cellMetres = 1_000;

/**
 * A fix coarsened to the middle of its cell of about one kilometre. The same cell always gives the same point, so
 * that no average over a trail comes nearer to the truth.
 */
export function coarsen(fix: { readonly lat: number; readonly lng: number }): {
  readonly lat: number;
  readonly lng: number;
} {
  const latStep = cellMetres / metresPerDegree;
  const row = Math.floor(fix.lat / latStep);
  const lat = (row + 0.5) * latStep;
  // The step of longitude follows from the row alone: two fixes of one row share their grid.
  const lngStep = latStep / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  const lng = (Math.floor(fix.lng / lngStep) + 0.5) * lngStep;
  return { lat: round(lat), lng: round(Math.min(180, Math.max(-180, lng))) };
}

/** The radius that a coarse fix claims, metres: half a cell's diagonal. */
export const coarseAccuracyM: number = Math.round((cellMetres * Math.SQRT2) / 2);

function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
