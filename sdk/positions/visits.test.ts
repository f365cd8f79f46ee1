import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Visit } from '../protocol/wire.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { type LatLng, moved } from './earth.ts';
import { type VisitPlace, Visits } from './visits.ts';

const beach: VisitPlace = { placeId: 'beach', lat: 43.7384, lng: 7.4246 };
const kiosk: VisitPlace = { placeId: 'kiosk', ...moved(beach, 0, 60) };

describe('arrivals and departures', () => {
  let nowMs: number;
  let places: VisitPlace[] | undefined;
  let sealed: ReturnType<typeof memoryKeyValue>;
  let visits: Visits;
  let told: Visit[];

  const open = async (): Promise<void> => {
    visits = new Visits({ places: () => places, serverNowMs: () => nowMs, sealed, name: 'ana' });
    await new Promise((resolve) => setImmediate(resolve));
  };
  /** One fix every `everyMs` at so many metres east of the beach. */
  const be = (
    farM: (second: number) => number,
    seconds: number,
    accuracyM = 8,
    everyMs = 1_000,
  ) => {
    for (let atMs = 0; atMs < seconds * 1_000; atMs += everyMs) {
      const at: LatLng = moved(beach, 90, farM(atMs / 1_000));
      visits.take({ ...at, accuracyM, atMs: nowMs });
      const visit = visits.now();
      if (visit && visit !== told.at(-1)) told.push(visit);
      nowMs += everyMs;
    }
  };
  const said = (): string[] => told.map(({ kind, placeId }) => `${kind} ${placeId}`);

  beforeEach(async () => {
    nowMs = 1_700_000_000_000;
    places = [beach];
    sealed = memoryKeyValue();
    told = [];
    await open();
  });

  it('[PS26] are told of who comes and stays, with the time at which they came, and of who goes', () => {
    be((second) => 1_000 - second * 10, 95);
    const cameMs = nowMs - 5_000;
    be(() => 20, 100);
    deepEqual(told, [{ placeId: 'beach', kind: 'arrived', atMs: cameMs }]);
    be((second) => second * 10, 18);
    equal(said().length, 1);
    be((second) => 190 + second * 10, 40);
    deepEqual(said(), ['arrived beach', 'left beach']);
  });

  it('[PS26] are told of who is asked every fifteen seconds only, too', () => {
    be(() => 1_000, 60, 8, 15_000);
    be(() => 10, 120, 8, 15_000);
    deepEqual(said(), ['arrived beach']);
  });

  it('[PS27] are none of who goes by, or waits at a red light', () => {
    be((second) => 500 - second * 8, 125);
    be((second) => 500 - second * 8, 55);
    be(() => 60, 60);
    be((second) => 60 + second * 8, 60);
    deepEqual(said(), []);
  });

  it('[PS27] are one each of who is at the border for an hour, whose receiver wanders', () => {
    be(() => 1_000, 10);
    be((second) => 100 + 60 * Math.sin(second / 20), 3_600, 15);
    deepEqual(said(), ['arrived beach']);
    be((second) => 190 + 60 * Math.sin(second / 20), 3_600, 15);
    equal(said().length <= 2, true);
  });

  it('[PS27] are none of who is there when it begins, who a place is saved around, or moved to', () => {
    be(() => 10, 200);
    deepEqual(said(), []);
    places = [beach, kiosk];
    be(() => 10, 200);
    places = [{ ...beach, lat: beach.lat + 0.01 }, kiosk];
    be(() => 10, 200);
    places = [beach, kiosk];
    be(() => 10, 200);
    deepEqual(said(), []);
    be(() => 600, 40);
    deepEqual(said(), ['left beach']);
  });

  it('[PS27] are none of fixes that are vaguer than a place is wide, nor of two with a gap between', () => {
    be(() => 1_000, 10);
    be(() => 10, 300, 80);
    deepEqual(said(), []);
    be(() => 10, 1);
    nowMs += 600_000;
    be(() => 10, 80);
    deepEqual(said(), []);
    be(() => 10, 20);
    deepEqual(said(), ['arrived beach']);
  });

  it('[PS26] are told of the nearest of places that are reached at once', () => {
    places = [kiosk, beach];
    be(() => 1_000, 10);
    be(() => 10, 100);
    deepEqual(said(), ['arrived beach']);
  });

  it('[PS26] are told no more once the place is gone, or they are no news', () => {
    be(() => 1_000, 10);
    be(() => 10, 100);
    be(() => 600, 40);
    equal(visits.now()?.kind, 'left');
    nowMs += 16 * 60_000;
    equal(visits.now(), undefined);
    be(() => 10, 100);
    places = [];
    be(() => 10, 1);
    equal(visits.now(), undefined);
  });

  it('[PS26] go on in a page that comes back, which neither doubles nor misses one', async () => {
    be(() => 1_000, 10);
    be(() => 10, 100);
    const [arrived] = told;
    await open();
    be(() => 10, 100);
    deepEqual(visits.now(), arrived);
    await open();
    told = [];
    be(() => 900, 40);
    deepEqual(said(), ['arrived beach', 'left beach']);
  });

  it('[PS26] are forgotten with what was shared', async () => {
    be(() => 1_000, 10);
    be(() => 10, 100);
    visits.reset();
    equal(visits.now(), undefined);
    deepEqual(await sealed.keys(), []);
    be(() => 10, 200);
    equal(visits.now(), undefined);
  });

  it('[PS26] wait until the places of the group are known', () => {
    places = undefined;
    be(() => 10, 100);
    places = [beach];
    be(() => 10, 100);
    deepEqual(said(), []);
  });
});
