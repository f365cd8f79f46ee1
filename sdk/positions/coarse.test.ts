import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { coarseAccuracyM, coarsen } from './coarse.ts';

const metresPerDegree = 111_195;

describe('a coarse position', () => {
  it('[PS2] is within its claimed accuracy of the truth, anywhere people live', () => {
    const somewhere = fc.record({
      lat: fc.double({ min: -75, max: 75, noNaN: true }),
      lng: fc.double({ min: -179.9, max: 179.9, noNaN: true }),
    });
    fc.assert(
      fc.property(somewhere, (fix) => {
        const shown = coarsen(fix);
        const north = (shown.lat - fix.lat) * metresPerDegree;
        const east = (shown.lng - fix.lng) * metresPerDegree * Math.cos((fix.lat * Math.PI) / 180);
        ok(Math.hypot(north, east) <= coarseAccuracyM * 1.01);
      }),
    );
  });

  it('[PS2] is one point for a whole cell, so that nothing is learnt from many', () => {
    const shown = new Set<string>();
    const centre = coarsen({ lat: 48.2, lng: 16.4 });
    for (let step = -4; step <= 4; step++) {
      const fix = { lat: centre.lat + step * 0.001, lng: centre.lng - step * 0.0015 };
      shown.add(JSON.stringify(coarsen(fix)));
    }
    equal(shown.size, 1);
  });

  it('[PS2] does not change while a phone rests at the edge of two cells', () => {
    const first = coarsen({ lat: 48.2, lng: 16.4 });
    const edge = { lat: first.lat + 0.0046, lng: first.lng };
    notDeepEqual(coarsen(edge), first);
    deepEqual(coarsen(edge, first), first);
  });

  it('follows a phone that has left the cell for good', () => {
    const first = coarsen({ lat: 48.2, lng: 16.4 });
    const away = { lat: first.lat + 0.0075, lng: first.lng };
    deepEqual(coarsen(away, first), coarsen(away));
    notDeepEqual(coarsen(away, first), first);
  });

  it('never leaves the map', () => {
    for (const lat of [-90, 0, 90]) {
      for (const lng of [-180, 180]) {
        const shown = coarsen({ lat, lng });
        ok(Math.abs(shown.lat) <= 90 && Math.abs(shown.lng) <= 180, `${lat} ${lng}`);
      }
    }
  });
});
