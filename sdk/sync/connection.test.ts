import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ConnectionStage, failure } from '../testing/connection-stage.ts';

describe('connection', () => {
  let stage: ConnectionStage;

  beforeEach(() => {
    stage = new ConnectionStage();
  });

  it('has no link before the far end is open', async () => {
    await stage.start();
    equal(stage.connection.link, undefined);
    stage.far.opened();
    ok(stage.connection.link);
    deepEqual(stage.told, ['opened']);
  });

  it('[BK1] tries again after a jittered wait that grows', async () => {
    await stage.start();
    const waits: number[] = [];
    for (let time = 0; time < 4; time++) {
      stage.far.closed({ kind: 'link', error: failure('unavailable') });
      waits.push(await stage.msToNextAttempt());
    }
    deepEqual(waits, [500, 1_000, 2_000, 4_000]);
  });

  it('[BK4] opens the breaker after five failures in a row and then probes at the longest interval', async () => {
    await stage.start();
    await stage.failTimes(5);
    const waitMs = await stage.msToNextAttempt();
    ok(waitMs >= 22_500 && waitMs <= 30_000, `${waitMs}`);
  });

  it('[BK6] says that the server fails only where it was the server, and often', async () => {
    await stage.start();
    await stage.failTimes(4, 'server');
    deepEqual(new Set(stage.told), new Set(['lost unavailable']));
    await stage.scheduler.advance(31_000);
    await stage.failTimes(1, 'server');
    equal(stage.told.at(-1), 'lost unavailable server');
  });

  it('[BK6] calls a dead link no failure of the server, however often', async () => {
    await stage.start();
    await stage.failTimes(7);
    deepEqual(new Set(stage.told), new Set(['lost unavailable']));
  });

  it('[BK6] counts an answer that refuses the whole link as the server’s failure', async () => {
    await stage.start();
    for (let time = 1; time <= 5; time++) {
      stage.far.opened();
      stage.connection.drop(failure('internal'));
      await stage.scheduler.advance(31_000);
    }
    equal(stage.told.at(-1), 'lost internal server');
  });

  it('[BK14] does not give up over an answer that makes no sense', async () => {
    await stage.open();
    stage.connection.drop(failure('invalid'));
    deepEqual(stage.told, ['opened', 'lost invalid']);
    ok(stage.connection.nextRetryAtMs);
  });

  it('[BK5] tries at once when something wakes the device, also while the breaker is open', async () => {
    await stage.start();
    await stage.failTimes(6);
    const before = stage.attempts;
    stage.wake();
    await stage.scheduler.settle();
    equal(stage.attempts, before + 1);
  });

  it('lets an open link be when the device wakes', async () => {
    await stage.open();
    stage.wake();
    await stage.scheduler.settle();
    equal(stage.attempts, 1);
  });

  it('[BK2] never comes before the server said it may', async () => {
    await stage.start();
    stage.far.closed({ kind: 'server', error: failure('rate-limited', 45_000) });
    equal(stage.connection.nextRetryAtMs, stage.scheduler.nowMs() + 45_000);
    equal(await stage.msToNextAttempt(), 45_000);
  });

  it('[BK3] [BK4] starts from the beginning only after a link that held', async () => {
    await stage.start();
    await stage.failTimes(4);
    await stage.scheduler.advance(31_000);
    stage.far.opened();
    stage.connection.confirmed();
    await stage.scheduler.advance(9_000);
    stage.far.closed({ kind: 'link', error: failure('unavailable') });
    ok((await stage.msToNextAttempt()) >= 22_500);

    stage.far.opened();
    stage.connection.confirmed();
    await stage.scheduler.advance(10_000);
    stage.far.closed({ kind: 'link', error: failure('unavailable') });
    equal(await stage.msToNextAttempt(), 500);
  });

  it('[BK9] halts on a refusal that no retry cures', async () => {
    await stage.start();
    stage.far.closed({ kind: 'server', error: failure('update-needed') });
    deepEqual(stage.told, ['halted update-needed']);
    equal(stage.connection.nextRetryAtMs, null);
  });

  it('[BK11] drops the link when the platform says that the network is gone, and waits for a wake', async () => {
    await stage.open();
    stage.goOffline();
    equal(stage.connection.link, undefined);
    equal(stage.closed, 1);
    equal(stage.told.at(-1), 'lost unavailable');
    stage.wake();
    await stage.scheduler.settle();
    equal(stage.attempts, 2);
  });

  it('[BK11] does not hurry while the platform is sure that there is no network', async () => {
    stage.online = false;
    await stage.start();
    stage.far.closed({ kind: 'link', error: failure('unavailable') });
    ok((await stage.msToNextAttempt()) >= 22_500);
  });

  it('[WR15] hears nothing more of a link that it has given up', async () => {
    await stage.open();
    const old = stage.far;
    stage.connection.drop(failure('unavailable'));
    old.message('commits', {});
    old.closed({ kind: 'link', error: failure('unavailable') });
    old.opened();
    deepEqual(stage.told, ['opened', 'lost unavailable']);
  });

  it('stays off until it is started again', async () => {
    await stage.open();
    stage.connection.stop();
    stage.wake();
    stage.goOffline();
    await stage.scheduler.advance(600_000);
    equal(stage.attempts, 1);
    await stage.open();
    equal(stage.attempts, 2);
  });
});
