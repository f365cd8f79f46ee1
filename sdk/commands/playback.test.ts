import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { soundingAt } from '../merge/sounding.ts';
import { startMs, TestLog } from '../merge/test-log.ts';
import { JamzError } from '../protocol/errors.ts';
import type { Payloads } from '../protocol/payloads.ts';
import * as playback from './playback.ts';

type Record = Payloads['playback.set'];

/** A start lies this far ahead. */
const leadMs = 250;

describe('commands to the music', () => {
  let log: TestLog;

  beforeEach(() => {
    log = new TestLog().add(['a', 'b', 'c'], {}, 60_000);
  });

  const made = (command: Record | JamzError): Record => {
    if (command instanceof JamzError) throw command;
    return command;
  };
  const brief = (command: Record | JamzError): unknown[] => {
    const { itemId, positionMs, atServerMs, playing } = made(command);
    return [itemId, positionMs, atServerMs - startMs, playing];
  };
  const at = (ms: number): number => startMs + ms;
  const paused = (itemId: string, positionMs: number): void => {
    const record = { itemId, positionMs, atServerMs: startMs, playing: false, rate: 1 };
    log.append('playback.set', record);
  };

  it('play begins with the first track, a moment ahead', () => {
    deepEqual(brief(playback.play(log.group, at(0))), ['a', 0, leadMs, true]);
  });

  it('play goes on where it was paused', () => {
    paused('b', 12_345);
    deepEqual(brief(playback.play(log.group, at(9_000))), ['b', 12_345, 9_000 + leadMs, true]);
  });

  it('play while it plays changes nothing that is heard', () => {
    log.play('a', 0);
    const record = made(playback.play(log.group, at(10_000)));
    const now = soundingAt(log.group.playback, log.group.playlist, record.atServerMs);
    deepEqual([record.itemId, record.positionMs], [now.itemId, now.positionMs]);
  });

  it('pause stays where it stands', () => {
    log.play('a', 0);
    deepEqual(brief(playback.pause(log.group, at(10_000))), ['a', 10_000, 10_000, false]);
  });

  it('pause in the next track holds the next track', () => {
    log.play('a', 0);
    deepEqual(brief(playback.pause(log.group, at(65_000))), ['b', 5_000, 65_000, false]);
  });

  it('seek keeps to the track’s ends', () => {
    log.play('a', 0);
    deepEqual(brief(playback.seek(log.group, at(1_000), -5)), ['a', 0, 1_000 + leadMs, true]);
    deepEqual(brief(playback.seek(log.group, at(1_000), 1e9)), ['a', 60_000, 1_250, true]);
  });

  it('seek while paused stays paused', () => {
    paused('a', 0);
    deepEqual(brief(playback.seek(log.group, at(1_000), 30_000)), ['a', 30_000, 1_000, false]);
  });

  it('next and previous go to the neighbours', () => {
    log.play('b', 0);
    deepEqual(brief(playback.next(log.group, at(1_000))), ['c', 0, 1_000 + leadMs, true]);
    deepEqual(brief(playback.previous(log.group, at(1_000))), ['a', 0, 1_000 + leadMs, true]);
  });

  it('previous far into a track starts it again', () => {
    log.play('b', 0);
    deepEqual(brief(playback.previous(log.group, at(3_001))), ['b', 0, 3_001 + leadMs, true]);
  });

  it('next and previous while paused stay paused', () => {
    paused('b', 0);
    deepEqual(brief(playback.next(log.group, at(0))), ['c', 0, 0, false]);
    deepEqual(brief(playback.previous(log.group, at(0))), ['a', 0, 0, false]);
  });

  it('say at an end that it is one, and go round where the group repeats', () => {
    log.play('c', 0);
    const end = playback.next(log.group, at(1_000));
    ok(end instanceof JamzError && /last/.test(end.message));
    log.append('repeat.set', { mode: 'all' });
    equal(made(playback.next(log.group, at(1_000))).itemId, 'a');
  });

  it('select starts the track from its beginning, and refuses one that is gone', () => {
    deepEqual(brief(playback.select(log.group, at(0), 'c')), ['c', 0, leadMs, true]);
    log.append('playlist.remove', { itemId: 'c' });
    const gone = playback.select(log.group, at(0), 'c');
    ok(gone instanceof JamzError && gone.code === 'not-found');
  });

  it('keep the speed', () => {
    const record = { itemId: 'a', positionMs: 0, atServerMs: startMs, playing: true, rate: 2 };
    log.append('playback.set', record);
    const now = made(playback.pause(log.group, at(10_000)));
    deepEqual([now.rate, now.positionMs], [2, 20_000]);
  });

  it('ask for a track where there is none', () => {
    const { group } = new TestLog();
    for (const command of [
      playback.play(group, at(0)),
      playback.next(group, at(0)),
      playback.previous(group, at(0)),
      playback.seek(group, at(0), 5),
    ]) {
      ok(command instanceof JamzError && /Add a track/.test(command.message));
    }
  });
});
