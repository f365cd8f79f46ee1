import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PastFix } from '../history/position-points.ts';
import { pointsOf } from './points-of.ts';

describe('where a traveller was, as one line', () => {
  const fix = (deviceId: string, atS: number, lat: number, memberId = 'ana'): PastFix => {
    return { memberId, deviceId, mode: 'precise', lat, lng: 16, accuracyM: 5, atMs: atS * 1_000 };
  };
  const latsOf = (fixes: readonly PastFix[], everyMs = 1) => {
    const inOrder = fixes.toSorted((one, other) => one.atMs - other.atMs);
    return (pointsOf(inOrder, everyMs).get('ana') ?? []).map(({ lat }) => lat);
  };

  it('[PS11] is that of the phone in the car, not of the laptop at home', () => {
    const phone = [0, 60, 120, 180].map((atS, index) => fix('phone', atS, 48 + index / 100));
    const laptop = [30, 90, 150].map((atS) => fix('laptop', atS, 47));
    deepEqual(latsOf([...phone, ...laptop]), [48, 48.01, 48.02, 48.03]);
  });

  it('goes on with another device while that one is silent', () => {
    const first = [0, 60, 120].map((atS, index) => fix('one', atS, 48 + index / 10));
    const then = [100, 400, 460].map((atS, index) => fix('two', atS, 49 + index / 1_000));
    deepEqual(latsOf([...first, ...then]), [48, 48.1, 48.2, 49.001, 49.002]);
    // Points that are thinned lie further apart, and mean no silence.
    deepEqual(latsOf([...first, ...then], 300_000), [48, 48.1, 48.2]);
  });

  it('is each one’s own, with what was shared and no more', () => {
    const points = pointsOf([fix('d', 1, 48), fix('d', 2, 47, 'bo')], 1);
    deepEqual([...points.keys()], ['ana', 'bo']);
    deepEqual(points.get('bo'), [{ atMs: 2_000, lat: 47, lng: 16, accuracyM: 5, mode: 'precise' }]);
    equal(pointsOf([], 1).size, 0);
  });
});
