import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { neighbours, type Sounding, soundingAt } from './sounding.ts';
import { startMs, TestLog } from './test-log.ts';

const minuteMs = 60_000;

function at(log: TestLog, ms: number): Sounding {
  return soundingAt(log.group.playback, log.group.playlist, startMs + ms);
}

/** Three tracks of a minute each; `a` starts at 0. */
function threeMinutes(): TestLog {
  return new TestLog().add(['a', 'b', 'c'], {}, minuteMs).play('a', 0);
}

describe('what sounds', () => {
  it('[MG2] is the record moved on by the time that passed', () => {
    deepEqual(at(threeMinutes(), 20_000), {
      itemId: 'a',
      positionMs: 20_000,
      playing: true,
      startedAtMs: startMs,
      endsAtMs: startMs + minuteMs,
    });
  });

  it('waits at its position for a start that is still to come', () => {
    equal(at(threeMinutes(), -500).positionMs, 0);
  });

  it('[MG2] is the next track from the instant at which the one before ends', () => {
    const log = threeMinutes();
    equal(at(log, minuteMs - 1).itemId, 'a');
    const { itemId, positionMs, startedAtMs } = at(log, minuteMs);
    deepEqual([itemId, positionMs, startedAtMs], ['b', 0, startMs + minuteMs]);
    deepEqual([at(log, 2.5 * minuteMs).itemId, at(log, 2.5 * minuteMs).positionMs], ['c', 30_000]);
  });

  it('[MG2] rests at the first track once the last has ended, with repeat off', () => {
    const { itemId, positionMs, playing, endsAtMs } = at(threeMinutes(), 10 * minuteMs);
    deepEqual([itemId, positionMs, playing, endsAtMs], ['a', 0, false, null]);
  });

  it('[MG2] goes round with repeat all, also after a hundred thousand years', () => {
    const log = threeMinutes();
    log.append('repeat.set', { mode: 'all' });
    equal(at(log, 3 * minuteMs).itemId, 'a');
    // Round by round it would take longer than any test may.
    const longMs = 100_000 * 365 * 24 * 60 * minuteMs;
    const { itemId, positionMs } = at(log, longMs + minuteMs + 5);
    deepEqual([itemId, positionMs], ['b', 5]);
  });

  it('[MG2] plays one track over and over with repeat one', () => {
    const log = threeMinutes();
    log.append('repeat.set', { mode: 'one' });
    const { itemId, positionMs } = at(log, 1_000 * minuteMs + 7);
    deepEqual([itemId, positionMs], ['a', 7]);
  });

  it('stays with a track whose length nobody knows', () => {
    const log = new TestLog().add(['a', 'b']).play('a', 0);
    const { itemId, positionMs, endsAtMs } = at(log, 90 * minuteMs);
    deepEqual([itemId, positionMs, endsAtMs], ['a', 90 * minuteMs, null]);
  });

  it('does not move while paused', () => {
    const log = threeMinutes();
    const paused = {
      itemId: 'a',
      positionMs: 12_000,
      atServerMs: startMs + 12_000,
      playing: false,
    };
    log.append('playback.set', { ...paused, rate: 1 }, { atMs: 12_000 });
    const { positionMs, playing } = at(log, 500_000);
    deepEqual([positionMs, playing], [12_000, false]);
  });

  it('runs faster at a higher rate', () => {
    const log = new TestLog().add(['a', 'b'], {}, minuteMs);
    const record = { itemId: 'a', positionMs: 0, atServerMs: startMs, playing: true, rate: 2 };
    log.append('playback.set', record, { atMs: 0 });
    deepEqual(
      [at(log, 10_000).positionMs, at(log, 31_000).itemId, at(log, 31_000).positionMs],
      [20_000, 'b', 2_000],
    );
  });

  it('is nothing before the first command, and where the track is unknown', () => {
    const log = new TestLog().add(['a'], {}, minuteMs);
    equal(at(log, 0).itemId, null);
    equal(at(log.play('elsewhere', 0), 5).itemId, null);
  });
});

describe('shuffle', () => {
  const ids = Array.from({ length: 40 }, (_, index) => `track${index}`);

  function shuffled(seed: number, tracks: readonly string[] = ids): string[] {
    const log = new TestLog().add(tracks, {}, minuteMs).play('track7', 0);
    log.append('shuffle.set', { on: true, seed }, { atMs: 1_000 });
    return tracks.map((_, minute) => at(log, minute * minuteMs + 5_000).itemId ?? '');
  }

  it('goes on with the track that sounds and plays each of the others once', () => {
    const order = shuffled(5);
    equal(order[0], 'track7');
    deepEqual(order.toSorted(), ids.toSorted());
  });

  it('is the same for a seed and another for the next', () => {
    deepEqual(shuffled(5), shuffled(5));
    ok(shuffled(5).join() !== shuffled(6).join());
  });

  it('leaves the others in order when a track is added', () => {
    const more = shuffled(5, [...ids, 'new']).filter((itemId) => itemId !== 'new');
    deepEqual(more, shuffled(5));
  });
});

describe('neighbours', () => {
  const around = (log: TestLog, itemId: string) =>
    neighbours(log.group.playback, log.group.playlist, itemId);

  it('end with the list, and join with repeat all', () => {
    const log = threeMinutes();
    deepEqual(around(log, 'b'), { previous: 'a', next: 'c' });
    deepEqual(around(log, 'a'), { previous: null, next: 'b' });
    log.append('repeat.set', { mode: 'all' });
    deepEqual(around(log, 'a'), { previous: 'c', next: 'b' });
    deepEqual(around(log, 'c'), { previous: 'b', next: 'a' });
  });

  it('are none for a track that is not there', () => {
    deepEqual(around(threeMinutes(), 'elsewhere'), { previous: null, next: null });
  });

  it('[OP24] pass over what only this device has', () => {
    const log = threeMinutes();
    const held = { itemId: 'held', title: 'held', fileId: '~song' };
    log.append('playlist.add', { items: [held], after: 'a' });
    log.append('playlist.add', { items: [{ ...held, itemId: 'last' }] });
    deepEqual(around(log, 'a'), { previous: null, next: 'b' });
    deepEqual(around(log, 'b'), { previous: 'a', next: 'c' });
    deepEqual(around(log, 'c'), { previous: 'b', next: null });
    deepEqual(around(log, 'held'), { previous: 'a', next: 'b' });
    log.append('repeat.set', { mode: 'all' });
    deepEqual(around(log, 'a'), { previous: 'c', next: 'b' });
    deepEqual(around(log, 'last'), { previous: 'c', next: 'a' });
  });

  it('[OP24] are the same shuffled, whatever else only this device has', () => {
    const shuffled = (...held: string[]): (string | null)[] => {
      const log = threeMinutes();
      for (const itemId of held) {
        log.append('playlist.add', { items: [{ itemId, title: itemId, fileId: '~song' }] });
      }
      log.append('shuffle.set', { on: true, seed: 7 });
      return ['a', 'b', 'c'].map((itemId) => around(log, itemId).next);
    };
    deepEqual(shuffled('one', 'two', 'three', 'four'), shuffled());
  });
});
