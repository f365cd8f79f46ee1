import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSenders } from './senders.ts';

function sendersAt(): ReturnType<typeof createSenders> & { pass(ms: number): void } {
  let nowMs = 0;
  const senders = createSenders('me', () => nowMs);
  return Object.assign(senders, {
    pass(ms: number) {
      nowMs += ms;
    },
  });
}

const entry = (sender: string, number: number, isLast = false) => ({
  ...{ sender, number, isLast },
  texts: [],
});

describe('what is known of the other processes', () => {
  it('takes each entry once, and none of its own', () => {
    const senders = sendersAt();
    const taken = [1, 2, 2, 1, 3].map((number) => senders.isNew(entry('a', number)));
    deepEqual(taken, [true, true, false, false, true]);
    equal(senders.isNew(entry('me', 1)), false);
    equal(senders.gaps, 0);
  });

  it('[WR20] counts a number that was skipped', () => {
    const senders = sendersAt();
    for (const number of [1, 2, 4, 5]) senders.isNew(entry('a', number));
    equal(senders.gaps, 1);
  });

  it('[WR20] has missed nothing of who was there before it, and the beginning of who came later', () => {
    const senders = sendersAt();
    senders.isNew(entry('before', 40));
    equal(senders.gaps, 0);
    senders.pass(10_000);
    senders.isNew(entry('newcomer', 1));
    equal(senders.gaps, 0);
    senders.isNew(entry('late', 3));
    equal(senders.gaps, 1);
  });

  it('[WR20] finds who is silent, until a token of that time has expired', () => {
    const senders = sendersAt();
    senders.isNew(entry('a', 1));
    senders.pass(1_900);
    equal(senders.anySilent(), false);
    senders.pass(200);
    equal(senders.anySilent(), true);
    senders.isNew(entry('a', 2));
    equal(senders.anySilent(), false);
    senders.pass(12 * 60_000);
    equal(senders.anySilent(), false);
    equal(senders.count, 0);
  });

  it('takes nobody for silent whom it could not hear', () => {
    const senders = sendersAt();
    senders.isNew(entry('a', 1));
    senders.pass(5_000);
    senders.excuse();
    equal(senders.anySilent(), false);
  });

  it('expects nothing more of who said goodbye', () => {
    const senders = sendersAt();
    senders.isNew(entry('a', 1));
    senders.isNew(entry('a', 2, true));
    senders.pass(5_000);
    deepEqual([senders.anySilent(), senders.count], [false, 0]);
  });
});
