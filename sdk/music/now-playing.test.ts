import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyState, foldCommit } from '../merge/fold.ts';
import type { GroupState } from '../merge/states.ts';
import type { Run, WireOp } from '../protocol/wire.ts';
import { isSameNowPlaying, nowPlayingAt } from './now-playing.ts';

const scope = 'g:crew';

/** A group at server time 0 with three tracks of 10, 20 and unknown seconds, and what `ops` did to it. */
function group(...ops: (readonly [type: string, payload: unknown])[]): GroupState {
  const items = [
    { itemId: 'road', title: 'Road Song', durationMs: 10_000, trackId: 'road' },
    { itemId: 'rain', title: 'Rain Song', durationMs: 20_000, trackId: 'rain' },
    { itemId: 'coast', title: 'Coast Song', trackId: 'coast' },
  ];
  const all = [
    [
      'group.create',
      { name: 'Crew', policies: { join: 'open', add: 'everyone', control: 'everyone' } },
    ],
    ['members.join', { memberId: 'ana', name: 'Ana', role: 'owner' }],
    ['playlist.add', { items }],
    ...ops,
  ] as const;
  const wire = all.map(
    ([type, payload], index): WireOp => [index + 1, index + 1, 1, index, type, payload],
  );
  const run: Run = {
    replicaId: 'r1',
    authorId: 'ana',
    stamperId: 's1',
    version: 1,
    base: [1, 0],
    ops: wire,
  };
  const commit = { generation: 1, seq: 1, count: wire.length, atMs: 0, hash: 'h', runs: [run] };
  return foldCommit(emptyState(scope), commit) as GroupState;
}

const play = (itemId: string, positionMs = 0, atServerMs = 0): readonly [string, unknown] => [
  'playback.set',
  { itemId, positionMs, atServerMs, playing: true, rate: 1 },
];

describe('what plays now', () => {
  it('is silence before the first command', () => {
    const { nowPlaying, changesAtMs } = nowPlayingAt(group(), 5_000);
    equal(nowPlaying.item, null);
    equal(nowPlaying.playing, false);
    equal(changesAtMs, null);
  });

  it("counts from the command's own point while its track sounds, and tells when that ends", () => {
    const { nowPlaying, changesAtMs } = nowPlayingAt(group(play('road', 4_000, 1_000)), 3_000);
    equal(nowPlaying.item?.title, 'Road Song');
    equal(nowPlaying.positionMs, 4_000);
    equal(nowPlaying.atServerMs, 1_000);
    equal(nowPlaying.durationMs, 10_000);
    equal(nowPlaying.nextItem?.itemId, 'rain');
    equal(changesAtMs, 7_000);
  });

  it('goes on to the next track by arithmetic, counted from its beginning', () => {
    const { nowPlaying, changesAtMs } = nowPlayingAt(group(play('road')), 12_000);
    equal(nowPlaying.item?.itemId, 'rain');
    equal(nowPlaying.positionMs, 0);
    equal(nowPlaying.atServerMs, 10_000);
    equal(nowPlaying.previousItem?.itemId, 'road');
    equal(changesAtMs, 30_000);
  });

  it('never ends a track whose length nobody knows', () => {
    const { nowPlaying, changesAtMs } = nowPlayingAt(group(play('coast')), 9_000_000);
    equal(nowPlaying.item?.itemId, 'coast');
    equal(changesAtMs, null);
  });

  it('counts the second round of a repeated track from that round', () => {
    const state = group(play('road'), ['repeat.set', { mode: 'one' }]);
    const { nowPlaying } = nowPlayingAt(state, 13_000);
    equal(nowPlaying.item?.itemId, 'road');
    equal(nowPlaying.atServerMs, 10_000);
  });

  it('stays the same between two changes, whenever it is asked', () => {
    const state = group(play('road'));
    const asked = (ms: number) => nowPlayingAt(state, ms).nowPlaying;
    equal(isSameNowPlaying(asked(1_000), asked(9_999)), true);
    equal(isSameNowPlaying(asked(12_000), asked(29_000)), true);
    equal(isSameNowPlaying(asked(9_999), asked(10_000)), false);
  });

  it('stands still at the paused position', () => {
    const state = group([
      'playback.set',
      { itemId: 'rain', positionMs: 700, atServerMs: 50, playing: false, rate: 1 },
    ]);
    const { nowPlaying, changesAtMs } = nowPlayingAt(state, 99_000);
    equal(nowPlaying.positionMs, 700);
    equal(nowPlaying.playing, false);
    equal(changesAtMs, null);
  });
});
