import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type ErrorCode, JamzError } from '../protocol/errors.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Link, LinkEvents } from '../transport/link.ts';
import { Connection } from './connection.ts';

const failure = (code: ErrorCode, retryAfterMs?: number): JamzError =>
  new JamzError(code, code, retryAfterMs === undefined ? {} : { retryAfterMs });

describe('connection', () => {
  let scheduler: VirtualScheduler;
  let connection: Connection;
  /** The far end of the newest attempt. */
  let far: LinkEvents;
  let attempts: number;
  let closed: number;
  let told: string[];
  let reasons: string[];
  let online: boolean;
  let wake: () => void;
  let goOffline: () => void;
  let token: () => Promise<string>;

  beforeEach(() => {
    scheduler = virtualScheduler();
    attempts = 0;
    closed = 0;
    told = [];
    reasons = [];
    online = true;
    token = async () => 'token';
    connection = new Connection(
      {
        server: 'loopback:',
        site: 'pk_test',
        scheduler,
        token: (reason) => {
          reasons.push(reason);
          return token();
        },
        surroundings: {
          isOnline: () => online,
          onWake: (listener) => {
            wake = listener;
            return () => {};
          },
          onOffline: (listener) => {
            goOffline = listener;
            return () => {};
          },
        },
        openLink: (_options, events): Link => {
          attempts += 1;
          far = events;
          return {
            request: () => new Promise(() => {}),
            close: () => {
              closed += 1;
            },
          };
        },
      },
      {
        opened: () => told.push('opened'),
        renewing: () => told.push('renewing'),
        message: (event) => told.push(event),
        lost: ({ code }, serverFailed) => told.push(`lost ${code}${serverFailed ? ' server' : ''}`),
        halted: ({ code }) => told.push(`halted ${code}`),
      },
    );
  });

  const start = async (): Promise<void> => {
    connection.start();
    await scheduler.settle();
  };
  const open = async (): Promise<void> => {
    await start();
    far.opened();
  };
  const failTimes = async (times: number, kind: 'link' | 'server' = 'link'): Promise<void> => {
    for (let time = 1; time <= times; time++) {
      far.closed({ kind, error: failure('unavailable') });
      if (time < times) await scheduler.advance(31_000);
    }
  };
  const msToNextAttempt = async (): Promise<number> => {
    const before = attempts;
    const startMs = scheduler.monotonicMs();
    while (attempts === before && scheduler.monotonicMs() - startMs < 120_000) {
      await scheduler.advance(250);
    }
    return scheduler.monotonicMs() - startMs;
  };

  it('has no link before the far end is open', async () => {
    await start();
    equal(connection.link, undefined);
    far.opened();
    ok(connection.link);
    deepEqual(told, ['opened']);
  });

  it('[BK1] tries again after a jittered wait that grows', async () => {
    await start();
    const waits: number[] = [];
    for (let time = 0; time < 4; time++) {
      far.closed({ kind: 'link', error: failure('unavailable') });
      waits.push(await msToNextAttempt());
    }
    deepEqual(waits, [500, 1_000, 2_000, 4_000]);
  });

  it('[BK4] opens the breaker after five failures in a row and then probes at the longest interval', async () => {
    await start();
    await failTimes(5);
    const waitMs = await msToNextAttempt();
    ok(waitMs >= 22_500 && waitMs <= 30_000, `${waitMs}`);
  });

  it('[BK6] says that the server fails only where it was the server, and often', async () => {
    await start();
    await failTimes(4, 'server');
    deepEqual(new Set(told), new Set(['lost unavailable']));
    await scheduler.advance(31_000);
    await failTimes(1, 'server');
    equal(told.at(-1), 'lost unavailable server');
  });

  it('[BK6] calls a dead link no failure of the server, however often', async () => {
    await start();
    await failTimes(7);
    deepEqual(new Set(told), new Set(['lost unavailable']));
  });

  it('[BK6] counts an answer that refuses the whole link as the server’s failure', async () => {
    await start();
    for (let time = 1; time <= 5; time++) {
      far.opened();
      connection.drop(failure('internal'));
      await scheduler.advance(31_000);
    }
    equal(told.at(-1), 'lost internal server');
  });

  it('[BK14] does not give up over an answer that makes no sense', async () => {
    await open();
    connection.drop(failure('invalid'));
    deepEqual(told, ['opened', 'lost invalid']);
    ok(connection.nextRetryAtMs);
  });

  it('[BK5] tries at once when something wakes the device, also while the breaker is open', async () => {
    await start();
    await failTimes(6);
    const before = attempts;
    wake();
    await scheduler.settle();
    equal(attempts, before + 1);
  });

  it('lets an open link be when the device wakes', async () => {
    await open();
    wake();
    await scheduler.settle();
    equal(attempts, 1);
  });

  it('[BK2] never comes before the server said it may', async () => {
    await start();
    far.closed({ kind: 'server', error: failure('rate-limited', 45_000) });
    equal(connection.nextRetryAtMs, scheduler.nowMs() + 45_000);
    equal(await msToNextAttempt(), 45_000);
  });

  it('[BK3] [BK4] starts from the beginning only after a link that held', async () => {
    await start();
    await failTimes(4);
    await scheduler.advance(31_000);
    far.opened();
    connection.confirmed();
    await scheduler.advance(9_000);
    far.closed({ kind: 'link', error: failure('unavailable') });
    ok((await msToNextAttempt()) >= 22_500);

    far.opened();
    connection.confirmed();
    await scheduler.advance(10_000);
    far.closed({ kind: 'link', error: failure('unavailable') });
    equal(await msToNextAttempt(), 500);
  });

  it('[BK7] renews an expired token once, at once, and counts no failure', async () => {
    await open();
    far.closed({ kind: 'server', error: failure('token-expired') });
    await scheduler.settle();
    deepEqual(reasons, ['start', 'expired']);
    equal(attempts, 2);
    far.opened();
    deepEqual(told, ['opened', 'renewing', 'opened']);
  });

  it('[BK8] halts when a fresh token is refused too', async () => {
    await open();
    connection.renew();
    await scheduler.settle();
    far.closed({ kind: 'server', error: failure('unauthenticated') });
    equal(told.at(-1), 'halted unauthenticated');
    await scheduler.advance(600_000);
    equal(attempts, 2);
  });

  it('[BK7] renews again once the fresh token was good', async () => {
    await open();
    for (let time = 0; time < 3; time++) {
      connection.renew();
      await scheduler.settle();
      far.opened();
      connection.confirmed();
    }
    equal(attempts, 4);
    equal(told.includes('halted token-expired'), false);
  });

  it('[BK7] renews again where the link was lost before the fresh token was of use', async () => {
    await open();
    connection.renew();
    await scheduler.settle();
    far.closed({ kind: 'link', error: failure('unavailable') });
    await msToNextAttempt();
    far.closed({ kind: 'server', error: failure('token-expired') });
    await scheduler.settle();
    deepEqual(reasons, ['start', 'expired', 'start', 'expired']);
    equal(told.includes('halted token-expired'), false);
  });

  it('[BK7] renews again where the device slept over the fresh token', async () => {
    await open();
    let give: (token: string) => void = () => {};
    token = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    connection.renew();
    await scheduler.advance(900_000);
    token = async () => 'token';
    give('old by now');
    await scheduler.settle();
    far.closed({ kind: 'server', error: failure('token-expired') });
    await scheduler.settle();
    deepEqual(reasons, ['start', 'expired', 'expired']);
    equal(told.includes('halted token-expired'), false);
  });

  it('[BK7] renews again where it was switched off before the fresh token was of use', async () => {
    await open();
    connection.renew();
    await scheduler.settle();
    connection.stop();
    await scheduler.advance(900_000);
    await start();
    far.closed({ kind: 'server', error: failure('token-expired') });
    await scheduler.settle();
    deepEqual(reasons, ['start', 'expired', 'start', 'expired']);
    equal(told.includes('halted token-expired'), false);
  });

  it('[BK8] halts when nobody is signed in, and goes on once started again', async () => {
    token = () => Promise.reject(failure('unauthenticated'));
    await start();
    deepEqual(told, ['halted unauthenticated']);
    token = async () => 'token';
    await open();
    deepEqual(told, ['halted unauthenticated', 'opened']);
  });

  it('waits and tries again when the token cannot be renewed now', async () => {
    token = () => Promise.reject(new TypeError('fetch failed'));
    await start();
    deepEqual(told, ['lost unavailable']);
    token = async () => 'token';
    equal(await msToNextAttempt(), 500);
  });

  it('[BK9] halts on a refusal that no retry cures', async () => {
    await start();
    far.closed({ kind: 'server', error: failure('update-needed') });
    deepEqual(told, ['halted update-needed']);
    equal(connection.nextRetryAtMs, null);
  });

  it('[BK11] drops the link when the platform says that the network is gone, and waits for a wake', async () => {
    await open();
    goOffline();
    equal(connection.link, undefined);
    equal(closed, 1);
    equal(told.at(-1), 'lost unavailable');
    wake();
    await scheduler.settle();
    equal(attempts, 2);
  });

  it('[BK11] does not hurry while the platform is sure that there is no network', async () => {
    online = false;
    await start();
    far.closed({ kind: 'link', error: failure('unavailable') });
    ok((await msToNextAttempt()) >= 22_500);
  });

  it('[WR15] hears nothing more of a link that it has given up', async () => {
    await open();
    const old = far;
    connection.drop(failure('unavailable'));
    old.message('commits', {});
    old.closed({ kind: 'link', error: failure('unavailable') });
    old.opened();
    deepEqual(told, ['opened', 'lost unavailable']);
  });

  it('stays off until it is started again', async () => {
    await open();
    connection.stop();
    wake();
    goOffline();
    await scheduler.advance(600_000);
    equal(attempts, 1);
    await open();
    equal(attempts, 2);
  });
});
