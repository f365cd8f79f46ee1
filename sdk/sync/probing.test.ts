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
  let pending: number;
  let visible: boolean;
  let busy: boolean;
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
    pending = 0;
    visible = false;
    busy = false;
    const deps = {
      ...{ time, scheduler },
      pending: () => pending,
      isVisible: () => visible,
      isBusy: () => busy,
    };
    probing = new Probing(deps, {
      measured: () => told.push('measured'),
      silent: () => told.push('silent'),
      heard: () => told.push('heard'),
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

  it('leaves the link to the first state and the first pushes, for a second at most', async () => {
    busy = true;
    probing.use(openLink());
    await scheduler.advance(40 + 500);
    equal(probes, 1);
    busy = false;
    await scheduler.advance(50);
    equal(probes, 2);

    busy = true;
    probing.use(openLink());
    await scheduler.advance(40 + 999);
    equal(probes, 3);
    await scheduler.advance(1 + 24 * 40);
    equal(probes, 3 + 24);
  });

  it('[BK10] asks every ten seconds from then on, a burst each half minute and else once', async () => {
    probing.use(openLink());
    await scheduler.advance(25 * 40);
    await scheduler.advance(10_000);
    equal(probes, 26);
    await scheduler.advance(8 * 40);
    equal(probes, 33);
    await scheduler.advance(10_000);
    equal(probes, 34);
    await scheduler.advance(10_040);
    equal(probes, 35);
    await scheduler.advance(10_040);
    equal(probes, 36);
    await scheduler.advance(8 * 40);
    equal(probes, 43);
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

  for (const [why, atStake] of [
    ['somebody looks', () => (visible = true)],
    ['an op waits', () => (pending = 1)],
  ] as const) {
    it(`[SM9] while ${why} it tells of a silent link within two seconds, whenever that fell silent`, async () => {
      for (let sinceMs = 0; sinceMs < 2_000; sinceMs += 130) {
        atStake();
        probing.use(openLink());
        await scheduler.advance(25 * 40 + sinceMs);
        const reply = answer;
        answer = undefined;
        told.length = 0;
        await scheduler.advance(2_000);
        deepEqual(told, ['silent']);
        answer = reply;
        probing.use(undefined);
        // What was asked before is over by then.
        await scheduler.advance(8_000);
      }
    });
  }

  it('[SM9] a silent link that answers again is told, and is the same link', async () => {
    visible = true;
    probing.use(openLink(40));
    await scheduler.advance(25 * 40 + 500);
    probing.use(openLink(1_500));
    told.length = 0;
    await scheduler.advance(1_500);
    deepEqual(told, ['silent', 'heard', 'measured']);
  });

  it('[SM9] is as patient as the link is slow', async () => {
    visible = true;
    probing.use(openLink(700));
    await scheduler.advance(700);
    told.length = 0;
    await scheduler.advance(30_000);
    equal(told.includes('silent'), false);
  });

  it('[SM9] waits longer while much is on its way up before it', async () => {
    pending = 500;
    probing.use(openLink(40));
    await scheduler.advance(25 * 40);
    told.length = 0;
    answer = undefined;
    await scheduler.advance(900 + 5_000);
    deepEqual(told, []);
    await scheduler.advance(1_000);
    deepEqual(told, ['silent']);
  });

  it('[SM9] probes no more than before while somebody looks, and knows the clock as well', async () => {
    visible = true;
    probing.use(openLink());
    await scheduler.advance(25 * 40);
    const before = probes;
    told.length = 0;
    await scheduler.advance(60_000);
    ok(probes - before <= 65, `${probes - before} probes`);
    equal(told.length, 7);
  });

  it('[SM9] begins at once to look after an op that is made while nobody looks', async () => {
    probing.use(openLink());
    await scheduler.advance(25 * 40 + 100);
    answer = undefined;
    pending = 1;
    probing.hurry();
    await scheduler.advance(1_910);
    equal(told.at(-1), 'silent');
  });

  it('[SM9] takes an answer that waits unread for no silence, after sleep', async () => {
    visible = true;
    const { after } = scheduler;
    // Timers of a page that slept come late, before what the socket has is read.
    scheduler.after = (delayMs, run) => after(delayMs === 1_000 ? 60_000 : delayMs, run);
    probing.use(openLink(60_500));
    await scheduler.advance(60_400);
    equal(told.includes('silent'), false);
    await scheduler.advance(1_000);
    deepEqual(told, ['measured']);
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
