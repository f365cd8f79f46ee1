import type { Fix } from '../protocol/wire.ts';

/** A device that stands still says so this often, so that the others know it is there. */
const stillEveryMs = 10_000;
const stillMetres = 4;
const sameAccuracy = 0.7;

/**
 * Whether a fix tells the group more than the last one sent: moved further than fixes wander by themselves, clearly
 * more accurate, or the last one is old. A parked car then costs a tenth of a driving one.
 */
export function tellsSomething(fix: Fix, last: Fix | undefined): boolean {
  if (!last || fix.atMs - last.atMs >= stillEveryMs || fix.atMs < last.atMs) return true;
  if (fix.accuracyM < last.accuracyM * sameAccuracy) return true;
  if ((fix.speedMps ?? 0) > 1) return true;
  return metresBetween(fix, last) > Math.max(stillMetres, fix.accuracyM / 4);
}

const metresPerDegree = 111_195;

/** Flat-earth distance: exact enough over the metres that matter here. */
function metresBetween(one: Fix, other: Fix): number {
  const north = (one.lat - other.lat) * metresPerDegree;
  const turn = ((one.lng - other.lng + 540) % 360) - 180;
  const east = turn * metresPerDegree * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}
