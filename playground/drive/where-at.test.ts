import { equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Route, readRoutes } from './route.ts';
import { whereAt } from './where-at.ts';

const east: Route = {
  name: 'east, then north',
  durationS: 30,
  points: [
    { lat: 43.73, lng: 7.42, timeS: 0 },
    { lat: 43.73, lng: 7.421, timeS: 10 },
    { lat: 43.73, lng: 7.421, timeS: 20 },
    { lat: 43.731, lng: 7.421, timeS: 30 },
  ],
  tunnels: [{ fromS: 4, toS: 8 }],
};

describe('a car on its route', () => {
  it('is half-way between two points at half their time', () => {
    const { lat, lng } = whereAt(east, 5);
    equal(lat, 43.73);
    ok(Math.abs(lng - 7.4205) < 1e-9);
  });

  it('heads where the road goes, and keeps its heading while it stands', () => {
    equal(Math.round(whereAt(east, 5).headingDeg), 90);
    equal(Math.round(whereAt(east, 25).headingDeg), 0);
    equal(Math.round(whereAt(east, 30).headingDeg), 0);
  });

  it('drives at the length of the stretch over its time', () => {
    ok(Math.abs(whereAt(east, 5).speedMps - 8.04) < 0.01);
    equal(whereAt(east, 15).speedMps, 0);
  });

  it('stands at the first point before the start and at the last after the end', () => {
    equal(whereAt(east, -5).lng, 7.42);
    equal(whereAt(east, 99).lat, 43.731);
    equal(whereAt(east, 99).speedMps, 0);
  });

  it('is in a tunnel from its mouth until its end', () => {
    equal(whereAt(east, 3.9).inTunnel, false);
    equal(whereAt(east, 4).inTunnel, true);
    equal(whereAt(east, 8).inTunnel, false);
  });
});

describe('the drives of Monaco', () => {
  const file = new URL('../assets/drives.geojson', import.meta.url);
  const routes = readRoutes(JSON.parse(readFileSync(file, 'utf8')));

  for (const route of routes) {
    it(`goes ${route.name} without a jump, through every tunnel`, () => {
      let before = whereAt(route, 0);
      let tunnels = 0;
      for (let timeS = 0.5; timeS <= route.durationS; timeS += 0.5) {
        const now = whereAt(route, timeS);
        ok(Math.hypot(now.lat - before.lat, now.lng - before.lng) < 0.0004, `at ${timeS} s`);
        if (now.inTunnel && !before.inTunnel) tunnels += 1;
        before = now;
      }
      equal(tunnels, route.tunnels.length);
    });
  }
});
