import { distanceM } from '../../sdk/positions/earth.ts';
import type { Fix } from '../../sdk/protocol/wire.ts';

/** Settings of Traccar's position filter, by their names there; ones that its users recommend to each other. */
const filter = {
  /** m */
  accuracy: 50,
  /** m from the last position that was kept */
  distance: 10,
  /** m/s; knots there */
  maxSpeed: 77,
  /** ms */
  minPeriod: 2_000,
  /** ms after which distance and standing still are no reason any more */
  skipLimit: 20_000,
};

/**
 * Whether Traccar would keep a fix, by the rules of its server's filter as documented for `filter.accuracy`,
 * `filter.distance`, `filter.static`, `filter.maxSpeed`, `filter.minPeriod` and `filter.skipLimit`. Written anew.
 */
export function traccarKeeps(fix: Fix, last: Fix | undefined): boolean {
  if (fix.accuracyM > filter.accuracy) return false;
  if (!last) return true;
  const passedMs = fix.atMs - last.atMs;
  const metres = distanceM(last, fix);
  if (passedMs < filter.minPeriod) return false;
  if ((metres / passedMs) * 1000 > filter.maxSpeed || (fix.speedMps ?? 0) > filter.maxSpeed) {
    return false;
  }
  if (passedMs > filter.skipLimit) return true;
  return metres >= filter.distance && fix.speedMps !== 0;
}
