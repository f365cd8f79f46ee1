import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { limits } from '../protocol/limits.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { TestDrain } from './test-drain.ts';

describe('drain', () => {
  let scheduler: VirtualScheduler;
  let pushes: TestDrain;

  beforeEach(() => {
    scheduler = virtualScheduler();
    pushes = new TestDrain(scheduler);
  });

  it('[CK3] freezes stamps before they leave, and tells of each op that is in the log', async () => {
    const op = pushes.add('one');
    pushes.drain.pump();
    deepEqual(pushes.told, ['freeze one']);
    await pushes.way(0).answer();
    deepEqual([pushes.told.at(-1), op.stage], ['applied one', 'acked']);
  });

  it('[WR2] [BK13] keeps at most a window of batches under way and goes on with each answer', async () => {
    pushes.addMany(limits.maxBatchOps * 6);
    pushes.drain.pump();
    equal(pushes.ways.length, 4);
    await scheduler.advance(1_000);
    await pushes.way(0).answer();
    equal(pushes.ways.length, 5);
  });

  it('[WR2] has twice as many under way after each quick answer, and four again after a slow one', async () => {
    pushes.addMany(limits.maxBatchOps * 30);
    pushes.drain.pump();
    await pushes.way(0).answer();
    equal(pushes.ways.length, 1 + 8);
    await pushes.way(1).answer();
    equal(pushes.ways.length, 2 + 16);
    await pushes.way(2).answer();
    equal(pushes.ways.length, 3 + limits.pushWindow);
    await scheduler.advance(600);
    for (let index = 3; index < 3 + limits.pushWindow - 4; index++)
      await pushes.way(index).answer();
    equal(pushes.ways.length, 3 + limits.pushWindow);
    await pushes.way(16).answer();
    equal(pushes.ways.length, 4 + limits.pushWindow);
  });

  it('[WR2] heeds a server that takes no more than four', async () => {
    pushes.addMany(limits.maxBatchOps * 30);
    pushes.drain.pump();
    await pushes.way(0).answer();
    await pushes.way(8).fail('rate-limited', 100);
    for (let index = 1; index < 8; index++) await pushes.way(index).answer();
    await scheduler.advance(100);
    equal(pushes.ways.length, 9 + 4);
    await pushes.way(9).answer();
    equal(pushes.ways.length, 9 + 5);
  });

  it('arms no timer for what is due while the window is full', async () => {
    pushes.addMany(limits.maxBatchOps * 4);
    pushes.drain.pump();
    pushes.add('late', { notBeforeMs: 700 });
    await scheduler.advance(600);
    await pushes.way(0).answer();
    equal(pushes.ways.length, 4);
    pushes.add('more');
    pushes.drain.pump();
    await scheduler.advance(10_000);
    equal(pushes.ways.length, 5);
    await pushes.way(1).answer();
    await scheduler.advance(0);
    ok(pushes.ways.some(({ numbers }) => numbers.includes(limits.maxBatchOps * 4 + 1)));
  });

  it('[OB5] sends ops whose answer was lost again over the next link, in their old order', async () => {
    pushes.addMany(2);
    pushes.drain.pump();
    pushes.drain.use(undefined);
    pushes.add('op-3');
    pushes.drain.use(pushes.openLink());
    pushes.drain.pump();
    deepEqual(pushes.way(-1).numbers, [1, 2, 3]);
    deepEqual(pushes.happened('retry'), []);
  });

  it('[WR15] does not believe a link that was given up', async () => {
    pushes.addMany(1);
    pushes.drain.pump();
    pushes.drain.use(undefined);
    await pushes.way(0).answer();
    deepEqual(pushes.happened('applied'), []);
  });

  it('[WR3] sends again what the answer did not mention', async () => {
    pushes.addMany(2);
    pushes.drain.pump();
    await pushes.way(0).answer({ applied: [[1, 1]] });
    deepEqual(pushes.way(1).numbers, [2]);
  });
});
