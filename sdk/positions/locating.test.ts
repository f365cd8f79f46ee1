import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { virtualScheduler } from '../testing/virtual-scheduler.ts';
import { type DeviceGeolocation, deviceSource } from './device-source.ts';
import { type Locating, locate } from './locating.ts';
import type { LocationListener } from './location-source.ts';
import type { Pace } from './motion.ts';
import { trackSource } from './track-source.ts';

describe('a device that is asked where it is', () => {
  let time: ReturnType<typeof virtualScheduler>;
  let paces: Pace[];
  let listener: LocationListener;
  let watching: number;
  let reported: { lat: number; at: number }[];
  let paused: boolean[];
  let problems: string[];
  let visible: boolean;
  let look: () => void;
  let locating: Locating;
  const serverAheadMs = 3_600_000;

  beforeEach(() => {
    time = virtualScheduler();
    [paces, reported, paused, problems, visible, watching] = [[], [], [], [], true, 0];
    locating = locate({
      source: {
        watch(pace, told) {
          paces.push(pace);
          listener = told;
          watching += 1;
          return () => {
            watching -= 1;
          };
        },
      },
      nowMs: time.nowMs,
      serverNowMs: () => time.nowMs() + serverAheadMs,
      report: (fix) => reported.push(fix),
      onProblem: (problem) => problems.push(problem),
      isVisible: () => visible,
      onVisibility(seen) {
        look = seen;
        return () => {
          look = () => {};
        };
      },
      onPaused: (is) => paused.push(is),
    });
  });

  const go = (seconds: number, speedMps: number): void => {
    for (let second = 0; second < seconds; second++) {
      const atMs = time.nowMs();
      const lat = 48 + reported.length * speedMps * 9e-6;
      listener.fix({ lat, lng: 16, accuracyM: 8, headingDeg: 0, speedMps, atMs });
      time.jumpWall(1_000);
    }
  };

  it('[PS23] keeps its receiver on while it drives, and at red lights', () => {
    go(60, 14);
    go(60, 0);
    go(20, 14);
    deepEqual([locating.motion, paces.length], ['driving', 1]);
  });

  it('[PS23] is asked now and then when it was parked, and always again once it moves', () => {
    go(30, 14);
    go(100, 0);
    deepEqual([locating.motion, paces.at(-1)?.everyMs], ['still', 15_000]);
    go(4, 14);
    deepEqual([locating.motion, paces.at(-1)?.everyMs], ['driving', 0]);
    equal(watching, 1);
  });

  it('[PS23] is asked every few seconds while its person walks', () => {
    go(100, 1.3);
    deepEqual([locating.motion, paces.at(-1)?.everyMs], ['walking', 6_000]);
  });

  it('tells when a fix was taken by the server’s clock, whatever its own says', () => {
    listener.fix({ lat: 48, lng: 16, accuracyM: 8, atMs: time.nowMs() - 700 });
    equal(reported[0]?.at, time.nowMs() + serverAheadMs - 700);
    listener.fix({ lat: 48, lng: 16, accuracyM: 8, atMs: 12 });
    equal(reported[1]?.at, time.nowMs() + serverAheadMs - 60_000);
    listener.fix({ lat: 48, lng: 16, accuracyM: 8, atMs: time.nowMs() + 9_000 });
    equal(reported[2]?.at, time.nowMs() + serverAheadMs);
  });

  it('[PS21] says that it is paused while nobody looks, and lets its receiver rest', () => {
    visible = false;
    look();
    deepEqual([paused, watching], [[true], 0]);
    visible = true;
    look();
    deepEqual([paused, watching], [[true, false], 1]);
  });

  it('tells nothing any more once it is stopped', () => {
    locating.stop();
    go(3, 14);
    look();
    deepEqual([reported, paused, watching], [[], [], 0]);
  });

  it('is a browser’s Geolocation, watched or asked', async () => {
    const calls: string[] = [];
    const position = { coords: { latitude: 1, longitude: 2, accuracy: 3 }, timestamp: 4 };
    const found = { ...position, coords: { ...position.coords, heading: Number.NaN, speed: null } };
    const geolocation = {
      watchPosition: () => calls.push('watch'),
      clearWatch: (id: number) => calls.push(`clear ${id}`),
      getCurrentPosition(tell: (position: unknown) => void, fail: (error: unknown) => void) {
        calls.push('ask');
        if (calls.length > 3) fail({ code: 3 });
        else tell(found);
      },
    } as unknown as DeviceGeolocation;
    const source = deviceSource(geolocation, time.after);
    const told: unknown[] = [];
    const listens = {
      fix: (fix: unknown) => told.push(fix),
      problem: (is: string) => told.push(is),
    };
    source.watch({ everyMs: 0, highAccuracy: true }, listens)();
    const end = source.watch({ everyMs: 6_000, highAccuracy: true }, listens);
    await time.advance(12_000);
    end();
    await time.advance(60_000);
    deepEqual(calls, ['watch', 'clear 1', 'ask', 'ask']);
    deepEqual(told, [{ lat: 1, lng: 2, accuracyM: 3, atMs: 4 }, 'searching']);
  });

  it('is a track that is driven again, with its tunnels', async () => {
    const points = [
      { lat: 48, lng: 16, atMs: 0 },
      { lat: 48.001, lng: 16, atMs: 10_000 },
    ];
    const track = { name: 'north', points, outages: [{ fromMs: 4_000, toMs: 6_000 }] };
    const told: (number | string)[] = [];
    const end = trackSource(track, time, { speed: 2 }).watch(
      { everyMs: 0, highAccuracy: true },
      {
        fix: ({ lat, speedMps }) =>
          told.push(Math.round((lat - 48) * 1e4), Math.round(speedMps ?? 0)),
        problem: (problem) => told.push(problem),
      },
    );
    await time.advance(6_500);
    end();
    await time.advance(60_000);
    deepEqual(told, [...[0, 22, 2, 22, 'searching', 6, 22], ...[8, 22, 10, 0, 10, 0]]);
    ok(end);
  });
});
