import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MemberPosition } from '../api.ts';
import { primaryPositions } from './primary.ts';

const nowMs = 10_000_000;

describe('the device that shows', () => {
  const device = (
    deviceId: string,
    ageMs: number,
    more: Partial<MemberPosition> = {},
  ): MemberPosition => ({
    ...{ memberId: 'ana', name: 'Ana', me: false, mode: 'precise', deviceId, ...more },
    fix: { lat: 1, lng: 2, accuracyM: 5, atMs: nowMs - ageMs },
  });
  const shown = (...devices: MemberPosition[]): string[] =>
    [devices, devices.toReversed()].map((all) =>
      primaryPositions(all, nowMs)
        .map(({ deviceId }) => deviceId)
        .join(),
    );

  it('[PS11] is the one that moves, though another was heard of later', () => {
    const laptop = device('laptop', 1_000, { movedAtMs: nowMs - 3_600_000 });
    deepEqual(shown(laptop, device('phone', 8_000, { movedAtMs: nowMs - 9_000 })), [
      ...['phone', 'phone'],
    ]);
    // At a red light, too.
    deepEqual(shown(laptop, device('phone', 8_000, { movedAtMs: nowMs - 90_000 })), [
      ...['phone', 'phone'],
    ]);
  });

  it('[PS11] is the one that was chosen, and of two the one chosen last', () => {
    const moving = device('phone', 1_000, { movedAtMs: nowMs });
    const chosen = device('tablet', 9_000, { chosenAtMs: nowMs - 50_000 });
    deepEqual(shown(moving, chosen), ['tablet', 'tablet']);
    deepEqual(shown(chosen, { ...moving, chosenAtMs: nowMs - 40_000 }), ['phone', 'phone']);
  });

  it('[PS11] is another once nothing was heard of it for ten minutes', () => {
    const dead = device('phone', 700_000, { movedAtMs: nowMs - 700_000, chosenAtMs: 1 });
    deepEqual(shown(dead, device('laptop', 20_000)), ['laptop', 'laptop']);
    deepEqual(shown(dead), ['phone', 'phone']);
  });

  it('is one for each member, and none of who has ended', () => {
    deepEqual(
      shown(device('a', 1), device('b', 2, { memberId: 'bo' })).map((all) => all.length),
      [3, 3],
    );
    deepEqual(shown(device('a', 1, { untilMs: nowMs })), ['', '']);
  });
});
