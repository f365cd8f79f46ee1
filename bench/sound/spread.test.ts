import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Arrival } from './arrivals.ts';
import { chirpKinds, slotSamples } from './chirps.ts';
import { measure } from './measures.ts';
import { doubtfulSeconds } from './reference.ts';
import type { Scene } from './scenes.ts';
import { momentsOf, stepsOf } from './spread.ts';

/** A phone's chirps from one slot to another, each later than due by so many samples. */
function phone(
  from: number,
  to: number,
  late: (slot: number) => number = () => 0,
): readonly Arrival[] {
  return Array.from({ length: to - from }, (_, index) => {
    const slot = from + index;
    return { kind: slot % chirpKinds, sample: slot * slotSamples + late(slot), likeness: 1 };
  });
}

const scene: Scene = {
  looks: [],
  events: [
    { seconds: 0, kind: 'play', phones: [0, 1] },
    { seconds: 30, kind: 'join', phones: [2] },
    { seconds: 60, kind: 'end', phones: [] },
  ],
};
const together = [phone(0, 130), phone(0, 130, () => 24), phone(62, 130, () => 48)];

describe('the spread of phones', () => {
  it('is from the first to the last of them, at each chirp', () => {
    const moments = momentsOf(together);
    equal(moments.length, 130);
    deepEqual(moments[0]?.offsetsMs, [-0.5, 0, null]);
    equal(moments[0]?.spreadMs, 0.5);
    equal(moments[80]?.spreadMs, 1);
  });

  it('is seen though a phone is a second late', () => {
    const moments = momentsOf([phone(0, 40), phone(0, 40, () => 48_000)]);
    equal(moments[20]?.spreadMs, 1000);
  });

  it('has no value where one sounds alone', () => {
    equal(momentsOf([phone(0, 4), []])[0]?.spreadMs, null);
  });

  it('counts only what is steady, and all who should sound', () => {
    const measures = measure(together, scene, []);
    equal(measures.spreadMedianMs, 1);
    equal(measures.jumps, 0);
    equal(measures.silentMoments, 0);
    equal(measure([phone(0, 130), phone(0, 70), []], scene, []).silentMoments > 0, true);
  });

  it('says when the one who joins late is in step', () => {
    equal(measure(together, scene, []).joinSeconds, 1);
    const late = phone(62, 130, (slot) => (slot < 66 ? 4_800 : 0));
    equal(measure([phone(0, 130), phone(0, 130), late], scene, []).joinSeconds, 3);
    const never = phone(62, 130, () => 4_800);
    equal(
      measure([phone(0, 130), phone(0, 130), never], scene, []).joinSeconds,
      Number.POSITIVE_INFINITY,
    );
  });

  it('tells a jump from a change of speed', () => {
    const jumping = phone(0, 130, (slot) => (slot > 100 ? 480 : 0));
    equal(measure([phone(0, 130), jumping], scene, []).jumps, 1);
    const slower = phone(0, 130, (slot) => slot * 120);
    const measures = measure([phone(0, 130), slower], scene, []);
    equal(measures.jumps, 0);
    equal(measures.speedPercent, 0.5);
  });

  it('leaves out what the recorder may have lost', () => {
    const lost = phone(0, 130, (slot) => (slot > 90 ? -7 : 0));
    deepEqual(doubtfulSeconds(lost), [45.5 - 7 / 48_000]);
    const jumping = phone(0, 130, (slot) => (slot === 90 ? 480 : 0));
    equal(measure([phone(0, 130), jumping], scene, [45]).jumps, 0);
  });

  it('finds no step across a gap in the sound', () => {
    equal(stepsOf([...phone(0, 5), ...phone(9, 12)]).length, 6);
  });
});
