import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ServerTime } from '../clock/server-time.ts';
import { type ErrorCode, JamzError } from '../protocol/errors.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Link } from '../transport/link.ts';
import { Probing } from './probing.ts';

const serverAheadMs = 5_000;

describe('probing', () => {
  let scheduler: VirtualScheduler;
  let time: ServerTime;
  let probing: Probing;
  let probes: number;
  let told: string[];
  let answer: (() => Promise<unknown>) | undefined;

  const openLink = (roundTripMs = 40): Link => ({
    request: <T>(_event: string, _payload: unknown, timeoutMs: number) =>
      new Promise<T>((resolve, reject) => {
        probes += 1;
        if (!answer) {
          scheduler.after(timeoutMs, () => reject(new JamzError('unavailable', 'No answer.')));
          return;
        }
        const reply = answer;
        scheduler.after(roundTripMs, () => {
          reply().then((value) => resolve(value as T), reject);
        });
      }),
    close() {},
  });
  const refuse = (code: ErrorCode) => () => Promise.reject(new JamzError(code, code));

  beforeEach(() => {
    scheduler = virtualScheduler();
    time = new ServerTime({ monotonicMs: scheduler.monotonicMs, wallMs: scheduler.nowMs });
    probes = 0;
    told = [];
    answer = async () => {
      // Asked half a round trip ago, when the server's clock showed this.
      const atMs = scheduler.nowMs() - 20 + serverAheadMs;
      return [atMs, atMs];
    };
    probing = new Probing(time, scheduler, {
      measured: () => told.push('measured'),
      dead: ({ code }) => told.push(`dead ${code}`),
    });
  });

  it('[CK1] knows the server’s clock with the first answer, so that ops may go', async () => {
    probing.use(openLink());
    equal(time.known, false);
    await scheduler.advance(40);
    equal(time.known, true);
    deepEqual(told, ['measured']);
    equal(time.nowMs(), scheduler.nowMs() + serverAheadMs);
  });

  it('asks three bursts of eight on a new link, one after the other', async () => {
    probing.use(openLink());
    await scheduler.advance(24 * 40 + 39);
    equal(probes, 25);
    await scheduler.advance(1);
    equal(told.length, 4);
    await scheduler.advance(9_000);
    equal(probes, 25);
  });

  it('[BK10] asks a burst every ten seconds from then on', async () => {
    probing.use(openLink());
    await scheduler.advance(25 * 40);
    await scheduler.advance(10_000);
    equal(probes, 26);
    await scheduler.advance(8 * 40);
    equal(probes, 33);
  });

  it('[BK10] finds a link dead that gives no answer in eight seconds', async () => {
    probing.use(openLink());
    await scheduler.advance(25 * 40);
    answer = undefined;
    await scheduler.advance(10_000 + 7_999);
    equal(told.includes('dead unavailable'), false);
    await scheduler.advance(1);
    equal(told.at(-1), 'dead unavailable');
  });

  it('[BK10] asks at once when it is told to, and waits less for the answer', async () => {
    probing.use(openLink());
    await scheduler.advance(25 * 40);
    answer = undefined;
    probing.check();
    await scheduler.advance(3_000);
    equal(told.at(-1), 'dead unavailable');
  });

  it('[BK14] does not believe an answer that is none', async () => {
    answer = async () => '<html>Sign in to this network</html>';
    probing.use(openLink());
    await scheduler.advance(40);
    deepEqual(told, ['dead unavailable']);
    equal(time.known, false);
  });

  it('hands on what the server says of this identity', async () => {
    answer = refuse('token-expired');
    probing.use(openLink());
    await scheduler.advance(40);
    deepEqual(told, ['dead token-expired']);
  });

  it('takes a wish for less for a sign of life, and asks again later', async () => {
    answer = refuse('rate-limited');
    probing.use(openLink());
    await scheduler.advance(40);
    deepEqual(told, []);
    await scheduler.advance(10_000);
    ok(probes > 1);
  });

  it('[WR15] tells nothing of a link that was given up, and leaves no timer', async () => {
    probing.use(openLink());
    probing.use(undefined);
    await scheduler.advance(60_000);
    deepEqual(told, []);
    equal(probes, 1);
  });

  it('begins again with each link', async () => {
    probing.use(openLink());
    await scheduler.advance(25 * 40);
    probing.use(undefined);
    probing.use(openLink());
    await scheduler.advance(25 * 40);
    equal(probes, 50);
  });
});
