import { deepEqual } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Makers } from './makers.ts';
import { pendingAdd, pendingOp } from './test-pending.ts';

const play = (itemId: string | null, scope: 'g:crew' | 'g:van' = 'g:crew') =>
  pendingOp(
    'play',
    'playback.set',
    { itemId, positionMs: 0, atServerMs: 0, playing: true, rate: 1 },
    { scope },
  );

describe('makers', () => {
  let makers: Makers;

  beforeEach(() => {
    makers = new Makers();
  });

  it('[OP10] an op depends on the pending op that makes what it names', () => {
    makers.add(pendingAdd('song'));
    const move = pendingOp('move', 'playlist.move', { itemId: 'other', after: 'song' });
    deepEqual(makers.dependenciesOf(move), ['song']);
  });

  it('[MG15] a command to the music depends on its track and on the session that is being started', () => {
    makers.add(pendingAdd('song'));
    makers.add(pendingOp('start', 'session.start', { sessionId: 's1' }));
    deepEqual(makers.dependenciesOf(play('song')), ['song', 'start']);
  });

  it('[MG15] does not take another group’s session for its own', () => {
    makers.add(pendingOp('here', 'session.start', { sessionId: 's1' }));
    makers.add(pendingOp('there', 'session.start', { sessionId: 's2' }, { scope: 'g:van' }));
    deepEqual(makers.dependenciesOf(play(null)), ['here']);
    deepEqual(makers.dependenciesOf(play(null, 'g:van')), ['there']);
  });

  it('[OP10] depends on nothing that is in the log', () => {
    makers.add(pendingAdd('song'));
    makers.remove(pendingAdd('song'));
    deepEqual(makers.dependenciesOf(play('song')), []);
  });

  it('forgets only the maker that stands, not one that was issued anew', () => {
    const first = pendingAdd('song');
    makers.add(first);
    makers.add(pendingOp('again', 'playlist.add', first.op.payload as never));
    makers.remove(first);
    deepEqual(makers.dependenciesOf(play('song')), ['again']);
  });

  it('does not depend on itself', () => {
    const first = pendingOp('add', 'playlist.add', {
      items: [{ itemId: 'x', title: 'x' }],
      after: 'x',
    });
    makers.add(first);
    deepEqual(makers.dependenciesOf(first), []);
  });
});
