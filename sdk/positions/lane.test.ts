import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LiveEntry } from '../protocol/wire.ts';
import { PositionLane } from './lane.ts';

const at = (memberId: string, atMs: number, deviceId = 'phone'): LiveEntry => ({
  memberId,
  deviceId,
  mode: 'precise',
  fix: { lat: 1, lng: 2, accuracyM: 5, atMs },
});
const off = (memberId: string): LiveEntry => ({ ...at(memberId, 0), mode: 'off', fix: null });
const times = (lane: PositionLane): (number | undefined)[] =>
  lane.entries('g:crew').map(({ fix }) => fix?.atMs);

describe('the lane of positions', () => {
  it('[PS5] shows the newest fix of each device of each member', () => {
    const lane = new PositionLane();
    lane.take({ scope: 'g:crew', entries: [at('ana', 1), at('bo', 1), at('ana', 1, 'car')] });
    lane.take({ scope: 'g:crew', entries: [at('ana', 2)] });
    deepEqual(times(lane), [2, 1, 1]);
  });

  it('forgets whom a whole message does not name', () => {
    const lane = new PositionLane();
    lane.take({ scope: 'g:crew', entries: [at('ana', 1), at('bo', 1)] });
    lane.take({ scope: 'g:crew', entries: [at('ana', 2)], whole: true });
    deepEqual(times(lane), [2]);
  });

  it('[PS5] does not go back to an older fix that was on its way longer', () => {
    const lane = new PositionLane();
    lane.take({ scope: 'g:crew', entries: [at('ana', 2)] });
    lane.take({ scope: 'g:crew', entries: [at('ana', 1)] });
    deepEqual(times(lane), [2]);
  });

  it('[PS3] drops who has stopped sharing', () => {
    const lane = new PositionLane();
    lane.take({ scope: 'g:crew', entries: [at('ana', 1), at('bo', 1)] });
    lane.take({ scope: 'g:crew', entries: [off('ana')] });
    deepEqual(
      lane.entries('g:crew').map(({ memberId }) => memberId),
      ['bo'],
    );
  });

  it('keeps groups apart and forgets one or all of them', () => {
    const lane = new PositionLane();
    lane.take({ scope: 'g:crew', entries: [at('ana', 1)] });
    lane.take({ scope: 'g:van', entries: [at('bo', 1)] });
    lane.clear('g:crew');
    equal(lane.entries('g:crew').length, 0);
    equal(lane.entries('g:van').length, 1);
    lane.clear();
    equal(lane.entries('g:van').length, 0);
  });

  it('gives the same list until something moved', () => {
    const lane = new PositionLane();
    lane.take({ scope: 'g:crew', entries: [at('ana', 1)] });
    const list = lane.entries('g:crew');
    equal(lane.entries('g:crew'), list);
    lane.take({ scope: 'g:crew', entries: [at('ana', 2)] });
    equal(lane.entries('g:crew') === list, false);
  });
});
