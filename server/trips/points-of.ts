import type { UserId } from '../../sdk/protocol/ids.ts';
import type { TripPoint } from '../../sdk/protocol/trip.ts';
import type { PastFix } from '../history/position-points.ts';

/** Longer than this a device that is on tells something of itself. */
const silentMs = 120_000;

/**
 * Where each person was, as one: of several devices the one that moved most on the way; another only for the time in
 * which that one was silent, as when its battery was empty.
 *
 * @param fixes in the order of their time
 * @param everyMs how far apart they are at least
 */
export function pointsOf(
  fixes: readonly PastFix[],
  everyMs: number,
): ReadonlyMap<UserId, readonly TripPoint[]> {
  const people = new Map<UserId, readonly TripPoint[]>();
  for (const [userId, own] of Map.groupBy(fixes, ({ memberId }) => memberId)) {
    people.set(userId, ofOne(own, Math.max(silentMs, 2 * everyMs)).map(toPoint));
  }
  return people;
}

function ofOne(fixes: readonly PastFix[], quietMs: number): readonly PastFix[] {
  const devices = [...Map.groupBy(fixes, ({ deviceId }) => deviceId).values()];
  if (devices.length === 1) return fixes;
  // The same word in the same order wherever it is read: by the way, then by name.
  const ranked = devices
    .map((own) => ({ own, wayDeg: wayOf(own), name: own[0]?.deviceId ?? '' }))
    .sort((one, other) => other.wayDeg - one.wayDeg || (one.name < other.name ? -1 : 1));
  let shown: readonly PastFix[] = [];
  for (const { own } of ranked) {
    const filling = own.filter(({ atMs }) => isSilent(shown, atMs, quietMs));
    shown = [...shown, ...filling].sort((one, other) => one.atMs - other.atMs);
  }
  return shown;
}

/** Degrees along the way, good enough to tell what lies on a table from what drives. */
function wayOf(fixes: readonly PastFix[]): number {
  let way = 0;
  for (const [index, { lat, lng }] of fixes.entries()) {
    const before = fixes[index - 1];
    if (before) way += Math.hypot(lat - before.lat, lng - before.lng);
  }
  return way;
}

/** Whether nothing is known within so long of a time. */
function isSilent(shown: readonly PastFix[], atMs: number, quietMs: number): boolean {
  let low = 0;
  let high = shown.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shown[middle]?.atMs ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  const around = [shown[low - 1], shown[low]];
  return around.every((fix) => fix === undefined || Math.abs(fix.atMs - atMs) > quietMs);
}

function toPoint({ atMs, lat, lng, accuracyM, mode }: PastFix): TripPoint {
  return { atMs, lat, lng, accuracyM, mode };
}
