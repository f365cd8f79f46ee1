import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ConnectionStage, failure } from '../testing/connection-stage.ts';

describe('a connection’s tokens', () => {
  let stage: ConnectionStage;

  beforeEach(() => {
    stage = new ConnectionStage();
  });

  it('[BK7] renews an expired token once, at once, and counts no failure', async () => {
    await stage.open();
    stage.far.closed({ kind: 'server', error: failure('token-expired') });
    await stage.scheduler.settle();
    deepEqual(stage.reasons, ['start', 'expired']);
    equal(stage.attempts, 2);
    stage.far.opened();
    deepEqual(stage.told, ['opened', 'renewing', 'opened']);
  });

  it('[BK8] halts when a fresh token is refused too', async () => {
    await stage.open();
    stage.connection.renew();
    await stage.scheduler.settle();
    stage.far.closed({ kind: 'server', error: failure('unauthenticated') });
    equal(stage.told.at(-1), 'halted unauthenticated');
    await stage.scheduler.advance(600_000);
    equal(stage.attempts, 2);
  });

  it('[BK7] renews again once the fresh token was good', async () => {
    await stage.open();
    for (let time = 0; time < 3; time++) {
      stage.connection.renew();
      await stage.scheduler.settle();
      stage.far.opened();
      stage.connection.confirmed();
    }
    equal(stage.attempts, 4);
    equal(stage.told.includes('halted token-expired'), false);
  });

  it('[BK7] renews again where the link was lost before the fresh token was of use', async () => {
    await stage.open();
    stage.connection.renew();
    await stage.scheduler.settle();
    stage.far.closed({ kind: 'link', error: failure('unavailable') });
    await stage.msToNextAttempt();
    stage.far.closed({ kind: 'server', error: failure('token-expired') });
    await stage.scheduler.settle();
    deepEqual(stage.reasons, ['start', 'expired', 'start', 'expired']);
    equal(stage.told.includes('halted token-expired'), false);
  });

  it('[BK7] renews again where the device slept over the fresh token', async () => {
    await stage.open();
    let give: (token: string) => void = () => {};
    stage.token = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    stage.connection.renew();
    await stage.scheduler.advance(900_000);
    stage.token = async () => 'token';
    give('old by now');
    await stage.scheduler.settle();
    stage.far.closed({ kind: 'server', error: failure('token-expired') });
    await stage.scheduler.settle();
    deepEqual(stage.reasons, ['start', 'expired', 'expired']);
    equal(stage.told.includes('halted token-expired'), false);
  });

  it('[BK7] renews again where it was switched off before the fresh token was of use', async () => {
    await stage.open();
    stage.connection.renew();
    await stage.scheduler.settle();
    stage.connection.stop();
    await stage.scheduler.advance(900_000);
    await stage.start();
    stage.far.closed({ kind: 'server', error: failure('token-expired') });
    await stage.scheduler.settle();
    deepEqual(stage.reasons, ['start', 'expired', 'start', 'expired']);
    equal(stage.told.includes('halted token-expired'), false);
  });

  it('[BK7] renews again where the platform said that there is no network before the fresh token was of use', async () => {
    await stage.open();
    stage.connection.renew();
    await stage.scheduler.settle();
    stage.goOffline();
    stage.wake();
    await stage.scheduler.settle();
    stage.far.closed({ kind: 'server', error: failure('token-expired') });
    await stage.scheduler.settle();
    deepEqual(stage.reasons, ['start', 'expired', 'start', 'expired']);
    equal(stage.told.includes('halted token-expired'), false);
  });

  it('[BK8] halts when nobody is signed in, and goes on once started again', async () => {
    stage.token = () => Promise.reject(failure('unauthenticated'));
    await stage.start();
    deepEqual(stage.told, ['halted unauthenticated']);
    stage.token = async () => 'token';
    await stage.open();
    deepEqual(stage.told, ['halted unauthenticated', 'opened']);
  });

  it('waits and tries again when the token cannot be renewed now', async () => {
    stage.token = () => Promise.reject(new TypeError('fetch failed'));
    await stage.start();
    deepEqual(stage.told, ['lost unavailable']);
    stage.token = async () => 'token';
    equal(await stage.msToNextAttempt(), 500);
  });
});
