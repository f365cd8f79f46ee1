import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { soundingAt } from './sounding.ts';
import { startMs, TestLog } from './test-log.ts';

const minuteMs = 60_000;

const sounds = (log: TestLog, ms: number): readonly [string | null, number] => {
  const { itemId, positionMs } = soundingAt(log.group.playback, log.group.playlist, startMs + ms);
  return [itemId, positionMs];
};

const plays = (log: TestLog): string[] =>
  log.group.plays.map(
    ({ itemId, startedAtMs, endedAtMs }) =>
      `${itemId} ${(startedAtMs - startMs) / 1_000}-${(endedAtMs - startMs) / 1_000}`,
  );

const four = ['a', 'b', 'c', 'd'];

describe('playback', () => {
  it('[MG1] follows the later command, also when the earlier arrives late', () => {
    const log = new TestLog().add(four, {}, minuteMs);
    log.play('b', 20_000, { by: 'bo' }).play('c', 10_000, { madeMs: 10_000, atMs: 30_000 });
    deepEqual(sounds(log, 30_000), ['b', 10_000]);
    equal(log.group.playback.record.by, 'bo');
  });

  it('[MG3] keeps what sounds when tracks before it are moved, removed and added', () => {
    const log = new TestLog().add(four, {}, minuteMs).play('a', 0);
    log.append('playlist.remove', { itemId: 'a' }, { atMs: 70_000 });
    deepEqual(sounds(log, 70_000), ['b', 10_000]);
    log.append('playlist.move', { itemId: 'd', after: null }, { atMs: 80_000 });
    log.append('playlist.add', { items: [{ itemId: 'e', title: 'e' }], after: null });
    deepEqual(sounds(log, 80_000), ['b', 20_000]);
    deepEqual(sounds(log, 130_000), ['c', 10_000]);
  });

  it('[MG3] keeps what sounds when repeat or shuffle changes', () => {
    const log = new TestLog().add(four, {}, minuteMs).play('a', 0);
    log.append('repeat.set', { mode: 'one' }, { atMs: 90_000 });
    deepEqual(sounds(log, 90_000), ['b', 30_000]);
    deepEqual(sounds(log, 150_000), ['b', 30_000]);
    log.append('repeat.set', { mode: 'off' }, { atMs: 150_000 });
    deepEqual(sounds(log, 150_000), ['b', 30_000]);
    log.append('shuffle.set', { on: true, seed: 3 });
    deepEqual(sounds(log, 150_000), ['b', 30_000]);
  });

  it('[MG1] [MG3] keeps the stamp of the command when it moves the anchor, so a late older command still loses', () => {
    const log = new TestLog().add(four, {}, minuteMs).play('a', 10_000, { by: 'bo' });
    const { recordStamp } = log.group.playback;
    log.append('playlist.remove', { itemId: 'd' }, { atMs: 100_000 });
    equal(log.group.playback.recordStamp, recordStamp);
    equal(log.group.playback.record.itemId, 'b');
    log.play('c', 5_000, { madeMs: 5_000, atMs: 110_000 });
    equal(log.group.playback.record.itemId, 'b');
  });

  it('[MG3] leaves the record untouched while its own track sounds', () => {
    const log = new TestLog().add(four, {}, minuteMs).play('a', 0);
    const { playback } = log.group;
    log.add(['e'], { atMs: 30_000 });
    equal(log.group.playback, playback);
  });

  it('goes on with the next track when the one that sounds is removed', () => {
    const log = new TestLog().add(four, {}, minuteMs).play('b', 0);
    log.append('playlist.remove', { itemId: 'b' }, { atMs: 15_000 });
    deepEqual(sounds(log, 20_000), ['c', 5_000]);
  });

  it('falls silent when the last track left is removed', () => {
    const log = new TestLog().add(['a'], {}, minuteMs).play('a', 0);
    log.append('repeat.set', { mode: 'all' });
    log.append('playlist.remove', { itemId: 'a' }, { atMs: 15_000 });
    deepEqual(log.group.playback.record.itemId, null);
    equal(log.group.playback.record.playing, false);
  });

  it('does not restart a list that had ended when a track is added to it', () => {
    const log = new TestLog().add(['a'], {}, minuteMs).play('a', 0);
    log.add(['b'], { atMs: 5 * minuteMs });
    deepEqual(sounds(log, 6 * minuteMs), ['a', 0]);
    equal(log.group.playback.record.playing, false);
  });

  it('ends a track now, not in the past, when it turns out to be shorter than it has sounded', () => {
    const log = new TestLog().add(['a', 'b', 'c'], {}).play('a', 0);
    log.append('playlist.amend', { itemId: 'b', durationMs: minuteMs }, { atMs: 5 * minuteMs });
    log.append('playlist.amend', { itemId: 'a', durationMs: minuteMs });
    deepEqual(sounds(log, 5 * minuteMs), ['b', 0]);
    deepEqual(sounds(log, 6 * minuteMs), ['c', 0]);
  });
});

describe('plays', () => {
  it('[MG4] are written down when a change passes the ends of tracks', () => {
    const log = new TestLog().add(four, {}, minuteMs).play('a', 0);
    log.append('playlist.remove', { itemId: 'd' }, { atMs: 130_000 });
    deepEqual(plays(log), ['a 0-60', 'b 60-120']);
  });

  it('[MG4] include the one that a command cuts off, with who had added it', () => {
    const log = new TestLog().add(four, { by: 'bo' }, minuteMs).play('a', 0);
    log.play('d', 70_000);
    deepEqual(plays(log), ['a 0-60', 'b 60-70']);
    equal(log.group.plays[0]?.chosenBy, 'bo');
  });

  it('[MG4] do not count a pause or a seek', () => {
    const log = new TestLog().add(four, {}, minuteMs).play('a', 0);
    const paused = { itemId: 'a', positionMs: 9_000, atServerMs: startMs + 9_000, playing: false };
    log.append('playback.set', { ...paused, rate: 1 }, { atMs: 9_000 });
    deepEqual(plays(log), []);
    log.play('b', 500_000);
    deepEqual(plays(log), ['a 0-9']);
  });

  it('[MG4] keep the last 200', () => {
    const log = new TestLog().add(['a', 'b'], {}, 1_000).play('a', 0);
    log.append('repeat.set', { mode: 'all' });
    log.append('repeat.set', { mode: 'off' }, { atMs: 3_600_000 });
    equal(log.group.plays.length, 200);
    equal(plays(log).at(-1), 'b 3599-3600');
  });
});

describe('playback and the session', () => {
  it('[MG11] stops where it stands when the session ends', () => {
    const log = new TestLog().add(four, {}, minuteMs);
    log.append('session.start', { sessionId: 's' });
    log.play('a', 0);
    log.append('session.leave', { sessionId: 's' }, { atMs: 75_000 });
    deepEqual(sounds(log, 500_000), ['b', 15_000]);
  });
});
