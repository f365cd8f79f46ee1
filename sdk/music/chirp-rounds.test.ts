import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../testing/seeded-random.ts';
import { type HeardChirp, hearRounds, nextTurnMs, offsetsOf, turnOf } from './chirp-rounds.ts';

const sampleRate = 48_000;
const blockFrames = 4_096;
const roundFrames = 4 * sampleRate;
const slotFrames = sampleRate / 2;

/** What a microphone hears in some rounds of phones that are so much late; its own clock knows nothing of theirs. */
function hear(lateMs: readonly number[], rounds: number, lostBlock = -1): readonly HeardChirp[] {
  const random = seededRandom(11);
  const startFrames = 61_234;
  const air = Float32Array.from({ length: rounds * roundFrames }, () => 0.05 * (2 * random() - 1));
  for (const [slot, ms] of lateMs.entries()) {
    for (let round = -1; round < rounds; round++) {
      const from =
        startFrames +
        round * roundFrames +
        slot * slotFrames +
        Math.round((ms * sampleRate) / 1000);
      for (const [index, value] of turnOf(slot, sampleRate).entries()) {
        const frame = from + index;
        if (frame >= 0 && frame < air.length) air[frame] = (air[frame] ?? 0) + 0.2 * value;
      }
    }
  }
  const hearer = hearRounds(sampleRate, [...lateMs.keys()]);
  const heard: HeardChirp[] = [];
  for (let block = 0; (block + 1) * blockFrames <= air.length; block++) {
    if (block === lostBlock) continue;
    const frame = block * blockFrames;
    heard.push(...hearer.add(air.subarray(frame, frame + blockFrames), 777_777 + frame));
  }
  return heard;
}

describe('rounds of chirps', () => {
  it('[SD3] gives each phone a turn by the server’s clock, the same for all who ask', () => {
    equal(nextTurnMs(0, 8_000, 0), 8_000);
    equal(nextTurnMs(0, 8_001, 0), 12_000);
    equal(nextTurnMs(3, 8_001, 0), 9_500);
    equal(nextTurnMs(3, 9_400, 300), 13_500);
  });

  it('[SD3] tells how far phones are apart, whatever the hearer’s own clock says', () => {
    const late = [0, 3.5, -2, 12];
    const found = offsetsOf(hear(late, 4));
    deepEqual(
      found.map(({ slot }) => slot),
      [0, 1, 2, 3],
    );
    // The middle of them is 1.75 ms late.
    for (const { slot, offsetMs, spreadMs, heard } of found) {
      const expected = (late[slot] ?? 0) - 1.75;
      ok(Math.abs(offsetMs - expected) < 0.05, `${slot}: ${offsetMs} for ${expected}`);
      ok(spreadMs < 0.05);
      ok(heard >= 3);
    }
  });

  it('[SD3] tells of a phone that is further off than its turn is long', () => {
    const found = offsetsOf(hear([0, 0, 700], 4));
    deepEqual(
      found.map(({ offsetMs }) => Math.abs(Math.round(offsetMs))),
      [0, 0, 700],
    );
  });

  it('[SD3] is not put off by a block that the page lost', () => {
    const found = offsetsOf(hear([0, 5], 4, 20));
    const [one, other] = found;
    ok(one && other && Math.abs(other.offsetMs - one.offsetMs - 5) < 0.05);
  });

  it('[SD3] compares phones within rounds: what the microphone lost between them, and its own speed, are nobody’s', () => {
    const late = [0, 3.5, -2];
    const heard = Array.from({ length: 8 }, (_, round) => {
      const lostMs = round > 2 ? 922 : 0;
      const driftMs = round * 0.4;
      return late.map((ms, slot) => ({ slot, atMs: 4_000 * round + ms + driftMs - lostMs }));
    }).flat();
    // One phone was not heard in one round, another one wrongly in another.
    const spoilt = heard.toSpliced(4, 1).toSpliced(13, 1, { slot: 2, atMs: 777 });
    for (const { slot, offsetMs } of offsetsOf(spoilt)) {
      ok(Math.abs(offsetMs - (late[slot] ?? 99)) < 0.1, `${slot}: ${offsetMs} ms`);
    }
  });

  it('puts what lies on both sides of a round’s beginning together', () => {
    const found = offsetsOf([
      { slot: 0, atMs: 3_999 },
      { slot: 1, atMs: 4_001 },
      { slot: 0, atMs: 7_999 },
      { slot: 1, atMs: 8_001 },
    ]);
    deepEqual(
      found.map(({ offsetMs }) => offsetMs),
      [-1, 1],
    );
  });

  it('knows nothing of nobody', () => {
    deepEqual(offsetsOf([]), []);
  });
});
