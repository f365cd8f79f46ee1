import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readRoutes } from '../drive/route.ts';
import { demoTrip } from './demo-trip.ts';

const drives = join(import.meta.dirname, '../assets/drives.geojson');
const routes = readRoutes(JSON.parse(readFileSync(drives, 'utf8')));
const trip = demoTrip(routes, 1_000_000);

describe('the trip that the playground shows to everybody', () => {
  it('lies within its time, each list in the order of time', () => {
    const times = [
      ...trip.travellers.map(({ points }) => points.map(({ atMs }) => atMs)),
      trip.songs.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]),
      trip.messages.map(({ atMs }) => atMs),
      trip.likes.map(({ atMs }) => atMs),
    ];
    for (const list of times) {
      deepEqual(
        list,
        list.toSorted((a, b) => a - b),
      );
      ok((list[0] ?? 0) >= trip.fromMs && (list.at(-1) ?? 0) <= trip.untilMs);
    }
  });

  it('is silent in the long tunnel', () => {
    const ana = trip.travellers[0]?.points ?? [];
    const silences = ana.filter(
      ({ atMs }, index) => atMs - (ana[index - 1]?.atMs ?? atMs) > 40_000,
    );
    equal(silences.length, 1);
  });

  it('has of who shares roughly no more than squares of the map', () => {
    const chi = trip.travellers[2]?.points ?? [];
    ok(chi.length > 1 && chi.length < 30);
    deepEqual([...new Set(chi.map(({ mode }) => mode))], ['coarse']);
  });

  it('lets nobody speak who is not in it', () => {
    const known = new Set(trip.travellers.map(({ userId }) => userId));
    ok([...trip.messages, ...trip.likes].every(({ userId }) => known.has(userId)));
  });
});
