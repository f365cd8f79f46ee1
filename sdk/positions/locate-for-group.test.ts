import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiveValue } from '../sync/live-value.ts';
import { virtualScheduler } from '../testing/virtual-scheduler.ts';
import { locateFor } from './late-locating.ts';
import type { LocationListener } from './location-source.ts';
import type { SharingState } from './sharing-state.ts';

describe('asking a device where it is for a group', () => {
  it('[PS21] reports what it says, and tells the group of a pause while nobody looks', async () => {
    const time = virtualScheduler();
    const told: unknown[] = [];
    let listener: LocationListener | undefined;
    let ended = 0;
    const page = Object.assign(new EventTarget(), {
      visibilityState: 'visible' as 'visible' | 'hidden',
    });
    const group = {
      jamz: { serverNow: () => time.nowMs() + 5_000 },
      sharing$: new LiveValue<SharingState>({ mode: 'coarse', untilMs: null }),
      sharing: (...said: readonly unknown[]) => told.push(said),
      reportPosition: (fix: unknown) => told.push(fix),
    } as unknown as Parameters<typeof locateFor>[0];
    const locating = await locateFor(group, {
      from: {
        watch(_pace, heard) {
          listener = heard;
          return () => {
            ended += 1;
          };
        },
      },
      onProblem: (problem) => told.push(problem),
      page: page as unknown as Document,
      time,
    });
    listener?.fix({ lat: 43, lng: 7, accuracyM: 5, atMs: time.nowMs() });
    listener?.problem('searching');
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    deepEqual(told, [
      { lat: 43, lng: 7, accuracyM: 5, at: time.nowMs() + 5_000 },
      'searching',
      ['coarse', { paused: true }],
    ]);
    locating.stop();
    page.dispatchEvent(new Event('visibilitychange'));
    deepEqual([told.length, ended], [3, 1]);
    equal(locating.motion, 'driving');
  });
});
