import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { TestDrain } from './test-drain.ts';

describe('what comes of a push that fails', () => {
  let scheduler: VirtualScheduler;
  let pushes: TestDrain;

  beforeEach(() => {
    scheduler = virtualScheduler();
    pushes = new TestDrain(scheduler);
  });

  it('[OB7] [BK13] waits for its backoff before it sends an op again', async () => {
    pushes.add('one');
    pushes.drain.pump();
    await pushes.way(0).answer({ applied: [], retry: [[1, 'internal', 'Not today.']] });
    deepEqual(pushes.happened('retry'), ['retry internal one']);
    await scheduler.advance(999);
    equal(pushes.ways.length, 1);
    await scheduler.advance(1);
    equal(pushes.ways.length, 2);
  });

  it('[OB8] bisects a batch that fails until the op that is to blame is alone', async () => {
    pushes.addMany(8);
    pushes.drain.pump();
    const bad = 5;
    for (let next = 0; next < pushes.ways.length && pushes.ways.length < 50; next++) {
      const push = pushes.way(next);
      if (push.numbers.includes(bad)) await push.fail('internal');
      else await push.answer();
    }
    equal(pushes.happened('applied').length, 7);
    deepEqual(pushes.happened('retry'), ['retry internal op-5']);
  });

  it('[OB8] bisects down to one op even where it depends on another', async () => {
    pushes.add('song');
    const play = pushes.add('play', { dependsOn: ['song'] });
    pushes.drain.pump();
    deepEqual(pushes.way(0).numbers, [1, 2]);
    await pushes.way(0).fail('too-large');
    deepEqual(pushes.way(1).numbers, [1]);
    equal(play.stage, 'ready');
    await pushes.way(1).answer();
    deepEqual(pushes.way(2).numbers, [2]);
  });

  it('[OB8] sends whole batches again once one has passed', async () => {
    pushes.addMany(8);
    pushes.drain.pump();
    await pushes.way(0).fail('too-large');
    for (let next = 1; next < pushes.ways.length; next++) await pushes.way(next).answer();
    pushes.addMany(16);
    pushes.drain.pump();
    await pushes.way(-1).answer();
    ok(pushes.way(-1).numbers.length > 4);
  });

  it('[OB9] a single op that is too large spends an attempt, and the link stays', async () => {
    pushes.add('huge');
    pushes.drain.pump();
    await pushes.way(0).fail('too-large');
    deepEqual(pushes.happened('retry'), ['retry too-large huge']);
    deepEqual(pushes.happened('linkFailed'), []);
  });

  it('[OB9] [OB6] blames the server, not the op, when nothing at all passes', async () => {
    const op = pushes.add('one');
    pushes.drain.pump();
    await pushes.way(0).fail('internal');
    deepEqual(pushes.happened('linkFailed'), ['linkFailed internal']);
    deepEqual([op.stage, op.attempts], ['ready', 0]);
  });

  it('[OB6] [BK14] spends no attempt on an answer that cannot be read', async () => {
    const op = pushes.add('one');
    pushes.drain.pump();
    await pushes.way(0).answer({ commits: 'nonsense' as never });
    deepEqual(pushes.happened('linkFailed'), ['linkFailed invalid']);
    deepEqual([op.stage, op.attempts], ['ready', 0]);
  });

  it('[OB10] [BK2] stops for as long as the server asks', async () => {
    pushes.add('one');
    pushes.drain.pump();
    await pushes.way(0).fail('rate-limited', 7_000);
    await scheduler.advance(6_999);
    equal(pushes.ways.length, 1);
    await scheduler.advance(1);
    equal(pushes.ways.length, 2);
  });

  it('hands an answer about the scope to whoever knows scopes', async () => {
    const op = pushes.add('one');
    pushes.drain.pump();
    // Whoever hears it sets the op aside at once.
    const failing = pushes.way(0).fail('removed');
    op.stage = 'done';
    await failing;
    deepEqual(pushes.happened('scopeFailed'), ['scopeFailed g:crew removed']);
  });

  it('[SA8] does not send again what was set aside with the op it depends on', async () => {
    pushes.add('song');
    const play = pushes.add('play', { dependsOn: ['song'] });
    pushes.drain.pump();
    const answer = pushes.way(0).answer({
      applied: [],
      refused: [[1, 'forbidden', 'No.']],
      retry: [[2, 'internal', 'Not today.']],
    });
    play.stage = 'done';
    await answer;
    deepEqual(pushes.happened('retry'), []);
    equal(pushes.happened('refused').length, 1);
  });

  it('[SA7] puts off what was refused while the op it depends on was put off, and what depends on that', async () => {
    pushes.add('song');
    pushes.add('second', { dependsOn: ['song'] });
    pushes.add('third', { dependsOn: ['second'] });
    pushes.drain.pump();
    await pushes.way(0).answer({
      applied: [],
      refused: [
        [2, 'not-found', 'It is not there.'],
        [3, 'not-found', 'It is not there.'],
      ],
      retry: [[1, 'internal', 'Not today.']],
    });
    deepEqual(pushes.happened('putOff'), ['putOff second', 'putOff third']);
    deepEqual(pushes.happened('refused'), []);
  });
});
