import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Member, PhoneOffset } from 'trafficjamz';
import {
  type Lane,
  lanesOf,
  leftOutOf,
  scaleOf,
  signed,
  spreadOf,
  turnsOf,
  verdictOf,
} from './lanes.ts';

const member = (name: string, incarnation: number): Member => ({
  memberId: name.toLowerCase(),
  name,
  photoFileId: null,
  role: 'member',
  joinedAtMs: 0,
  incarnation,
});
const heard = (slot: number, offsetMs: number, spreadMs = 0): PhoneOffset => ({
  slot,
  offsetMs,
  spreadMs,
  heard: 5,
});
const lanes = (...offsets: readonly number[]): readonly Lane[] =>
  lanesOf(
    offsets.map((_, index) => member(`P${index}`, index)),
    offsets.map((ms, slot) => heard(slot, ms)),
    undefined,
  );

describe('the picture of phones', () => {
  it('gives turns by the order of joining, whatever order the list has', () => {
    const names = (members: readonly Member[]): readonly string[] =>
      turnsOf(members).map(({ name }) => name);
    deepEqual(names([member('Bo', 9), member('Ana', 2), member('Cem', 14)]), ['Ana', 'Bo', 'Cem']);
    equal(turnsOf(Array.from({ length: 12 }, (_, at) => member(`P${at}`, at))).length, 8);
  });

  it('says to whom it may concern that a round has eight turns', () => {
    const phones = (count: number): readonly Member[] =>
      Array.from({ length: count }, (_, at) => member(`P${at}`, at));
    equal(leftOutOf(phones(8), 'p0'), undefined);
    equal(
      leftOutOf(phones(9), 'p0'),
      'A round has turns for the first eight phones. One that came later stays silent.',
    );
    equal(
      leftOutOf(phones(11), 'p0'),
      'A round has turns for the first eight phones. 3 that came later stay silent.',
    );
    equal(
      leftOutOf(phones(9), 'p8'),
      'A round has turns for the first eight phones. This one came later: it stays silent, and can still listen.',
    );
  });

  it('puts what was heard to the phone whose turn it was', () => {
    const found = lanesOf([member('Bo', 9), member('Ana', 2)], [heard(1, 4)], 'ana');
    deepEqual(
      found.map(({ name, isMine, offset }) => [name, isMine, offset?.offsetMs]),
      [
        ['Ana', true, undefined],
        ['Bo', false, 4],
      ],
    );
  });

  it('says how far the first is from the last, once there are two', () => {
    equal(spreadOf(lanes(3)), undefined);
    equal(spreadOf(lanes(-1, 0.5, 3)), 4);
    equal(verdictOf(lanes()), 'Nothing heard yet');
    equal(verdictOf(lanes(0)), 'One phone heard so far');
    equal(verdictOf(lanes(-1, 0.5, 3)), '3 phones within 4.0 ms');
  });

  it('is as wide as the phones are apart', () => {
    equal(scaleOf(lanes()), 1);
    equal(scaleOf(lanes(-0.5, 0.5)), 1);
    equal(scaleOf(lanes(-4, 4.9)), 10);
    equal(scaleOf(lanes(-180, 180)), 200);
  });

  it('writes tenths of a millisecond, with their sign', () => {
    deepEqual([3.46, -0.24, 0.04, -0.04].map(signed), ['+3.5', '−0.2', '0.0', '0.0']);
  });
});
