import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { TestLog } from '../merge/test-log.ts';
import { serverReplicaId } from '../protocol/ids.ts';
import { likersOf, playlistEntries } from './playlist.ts';

describe('playlist entries', () => {
  let log: TestLog;
  let read: () => ReturnType<ReturnType<typeof playlistEntries>>;

  beforeEach(() => {
    log = new TestLog().add(['a', 'b', 'c']);
    const entries = playlistEntries();
    read = () => entries(log.group.playlist, log.group.reactions, 'ana');
  });

  const like = (itemId: string, by: string, isLiked = true): void => {
    log.append('reactions.set', { itemId, like: isLiked }, { by });
  };

  it('stand in playing order', () => {
    log.append('playlist.move', { itemId: 'c', after: null });
    deepEqual(
      read().map(({ itemId }) => itemId),
      ['c', 'a', 'b'],
    );
  });

  it('count who likes a track, and whether the person does', () => {
    like('b', 'ana');
    like('b', 'bo');
    like('c', 'bo');
    like('a', 'bo');
    like('a', 'bo', false);
    deepEqual(
      read().map(({ likes, likedByMe }) => [likes, likedByMe]),
      [
        [0, false],
        [2, true],
        [1, false],
      ],
    );
    deepEqual(likersOf(log.group.reactions, 'b'), ['ana', 'bo']);
  });

  it('[ID23] say that the file of a track was taken down, which the server alone can say', () => {
    like('b', 'bo');
    log.append('reactions.set', { itemId: 'a', skip: true }, { by: 'bo' });
    for (const itemId of ['b', 'c']) {
      log.append('reactions.set', { itemId, skip: true }, { by: serverReplicaId });
    }
    deepEqual(
      read().map(({ likes, takenDown = false }) => [likes, takenDown]),
      [
        [0, false],
        [1, true],
        [0, true],
      ],
    );
  });

  it('show no position key', () => {
    equal('key' in (read()[0] ?? {}), false);
  });

  it('are for the most part the same objects after an append, so that few are made anew', () => {
    log.add(Array.from({ length: 2_000 }, (_, index) => `song-${index}`));
    const before = read();
    log.add(['last']);
    const after = read();
    equal(after.length, 2_004);
    const same = before.filter((entry, index) => after[index] === entry).length;
    ok(same > 1_900, `${same}`);
  });

  it('are another object when the track was amended', () => {
    const [before] = read();
    log.append('playlist.amend', { itemId: 'a', durationMs: 5_000 });
    const [after] = read();
    notEqual(after, before);
    equal(after?.durationMs, 5_000);
  });
});
