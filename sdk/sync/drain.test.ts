import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { toRanges } from '../protocol/codec.ts';
import { type ErrorCode, JamzError } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { PushAnswer, PushMessage } from '../protocol/wire.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Link } from '../transport/link.ts';
import { Drain } from './drain.ts';
import { Outbox } from './outbox.ts';
import type { PendingOp } from './pending-op.ts';
import { type PendingDetails, pendingAdd } from './test-pending.ts';

/** A push on its way, in the hands of the test. */
interface Way {
  readonly numbers: readonly number[];
  readonly message: PushMessage;
  answer(part?: Partial<PushAnswer>): Promise<void>;
  fail(code: ErrorCode, retryAfterMs?: number): Promise<void>;
}

describe('drain', () => {
  let scheduler: VirtualScheduler;
  let outbox: Outbox;
  let drain: Drain;
  let pending: Map<string, PendingOp>;
  let ways: Way[];
  let told: string[];
  let numbered: number;

  const openLink = (): Link => ({
    request: <T>(_event: string, payload: unknown) =>
      new Promise<T>((resolve, reject) => {
        const message = payload as PushMessage;
        const numbers = message.runs.flatMap(({ ops }) => ops.map(([number]) => number));
        const { scope, batch } = message;
        ways.push({
          numbers,
          message,
          answer: (part = {}) => {
            const applied = toRanges(numbers);
            const head = [1, 9, 'h'] as const;
            const rest = { refused: [], retry: [], commits: [], head };
            resolve({ scope, batch, applied, ...rest, ...part } as T);
            return scheduler.settle();
          },
          fail: (code, retryAfterMs) => {
            reject(new JamzError(code, code, retryAfterMs === undefined ? {} : { retryAfterMs }));
            return scheduler.settle();
          },
        });
      }),
    close() {},
  });

  beforeEach(() => {
    scheduler = virtualScheduler();
    pending = new Map();
    ways = [];
    told = [];
    numbered = 0;
    outbox = new Outbox((opId) => pending.get(opId));
    const tell =
      (what: string) =>
      (op: PendingOp): void => {
        told.push(`${what} ${op.op.opId}`);
      };
    drain = new Drain(
      {
        outbox,
        scheduler,
        allowed: () => true,
        cursorOf: () => [1, 7, 'h7'],
        freeze: (ops) => ops.forEach(tell('freeze')),
      },
      {
        applied: (op) => {
          tell('applied')(op);
          outbox.released(op.op.opId);
        },
        commits: () => {},
        refused: (op, error) => {
          op.stage = 'done';
          tell(`refused ${error.code}`)(op);
        },
        retry: (op, error) => {
          op.attempts += 1;
          op.stage = 'ready';
          op.notBeforeMs = scheduler.monotonicMs() + 1_000;
          outbox.add(op);
          tell(`retry ${error.code}`)(op);
        },
        putOff: (op) => {
          op.stage = 'done';
          tell('putOff')(op);
        },
        scopeFailed: (scope, { code }) => told.push(`scopeFailed ${scope} ${code}`),
        astray: (scope) => void told.push(`astray ${scope}`),
        linkFailed: ({ code }) => {
          told.push(`linkFailed ${code}`);
          drain.use(undefined);
        },
      },
    );
    drain.use(openLink());
  });

  const add = (opId: string, details: PendingDetails = {}): PendingOp => {
    numbered += 1;
    const op = pendingAdd(opId, { number: numbered, ...details });
    pending.set(opId, op);
    outbox.add(op);
    return op;
  };
  const addMany = (count: number): void => {
    for (let op = 1; op <= count; op++) add(`op-${op}`);
  };
  const way = (index: number): Way => {
    const found = ways.at(index);
    if (!found) throw new Error(`There is no push ${index}.`);
    return found;
  };
  const happened = (what: string): string[] => told.filter((line) => line.startsWith(what));

  it('[CK3] freezes stamps before they leave, and tells of each op that is in the log', async () => {
    const op = add('one');
    drain.pump();
    deepEqual(told, ['freeze one']);
    await way(0).answer();
    deepEqual([told.at(-1), op.stage], ['applied one', 'acked']);
  });

  it('[WR2] [BK13] keeps at most a window of batches under way and goes on with each answer', async () => {
    addMany(limits.maxBatchOps * 6);
    drain.pump();
    equal(ways.length, 4);
    await scheduler.advance(1_000);
    await way(0).answer();
    equal(ways.length, 5);
  });

  it('[WR2] has twice as many under way after each quick answer, and four again after a slow one', async () => {
    addMany(limits.maxBatchOps * 30);
    drain.pump();
    await way(0).answer();
    equal(ways.length, 1 + 8);
    await way(1).answer();
    equal(ways.length, 2 + 16);
    await way(2).answer();
    equal(ways.length, 3 + limits.pushWindow);
    await scheduler.advance(600);
    for (let index = 3; index < 3 + limits.pushWindow - 4; index++) await way(index).answer();
    equal(ways.length, 3 + limits.pushWindow);
    await way(16).answer();
    equal(ways.length, 4 + limits.pushWindow);
  });

  it('[WR2] heeds a server that takes no more than four', async () => {
    addMany(limits.maxBatchOps * 30);
    drain.pump();
    await way(0).answer();
    await way(8).fail('rate-limited', 100);
    for (let index = 1; index < 8; index++) await way(index).answer();
    await scheduler.advance(100);
    equal(ways.length, 9 + 4);
    await way(9).answer();
    equal(ways.length, 9 + 5);
  });

  it('arms no timer for what is due while the window is full', async () => {
    addMany(limits.maxBatchOps * 4);
    drain.pump();
    add('late', { notBeforeMs: 700 });
    await scheduler.advance(600);
    await way(0).answer();
    equal(ways.length, 4);
    add('more');
    drain.pump();
    await scheduler.advance(10_000);
    equal(ways.length, 5);
    await way(1).answer();
    await scheduler.advance(0);
    ok(ways.some(({ numbers }) => numbers.includes(limits.maxBatchOps * 4 + 1)));
  });

  it('[OB5] sends ops whose answer was lost again over the next link, in their old order', async () => {
    addMany(2);
    drain.pump();
    drain.use(undefined);
    add('op-3');
    drain.use(openLink());
    drain.pump();
    deepEqual(way(-1).numbers, [1, 2, 3]);
    deepEqual(happened('retry'), []);
  });

  it('[WR15] does not believe a link that was given up', async () => {
    addMany(1);
    drain.pump();
    drain.use(undefined);
    await way(0).answer();
    deepEqual(happened('applied'), []);
  });

  it('[OB7] [BK13] waits for its backoff before it sends an op again', async () => {
    add('one');
    drain.pump();
    await way(0).answer({ applied: [], retry: [[1, 'internal', 'Not today.']] });
    deepEqual(happened('retry'), ['retry internal one']);
    await scheduler.advance(999);
    equal(ways.length, 1);
    await scheduler.advance(1);
    equal(ways.length, 2);
  });

  it('[WR3] sends again what the answer did not mention', async () => {
    addMany(2);
    drain.pump();
    await way(0).answer({ applied: [[1, 1]] });
    deepEqual(way(1).numbers, [2]);
  });

  it('[OB8] bisects a batch that fails until the op that is to blame is alone', async () => {
    addMany(8);
    drain.pump();
    const bad = 5;
    for (let next = 0; next < ways.length && ways.length < 50; next++) {
      const push = way(next);
      if (push.numbers.includes(bad)) await push.fail('internal');
      else await push.answer();
    }
    equal(happened('applied').length, 7);
    deepEqual(happened('retry'), ['retry internal op-5']);
  });

  it('[OB8] bisects down to one op even where it depends on another', async () => {
    add('song');
    const play = add('play', { dependsOn: ['song'] });
    drain.pump();
    deepEqual(way(0).numbers, [1, 2]);
    await way(0).fail('too-large');
    deepEqual(way(1).numbers, [1]);
    equal(play.stage, 'ready');
    await way(1).answer();
    deepEqual(way(2).numbers, [2]);
  });

  it('[OB8] sends whole batches again once one has passed', async () => {
    addMany(8);
    drain.pump();
    await way(0).fail('too-large');
    for (let next = 1; next < ways.length; next++) await way(next).answer();
    addMany(16);
    drain.pump();
    await way(-1).answer();
    ok(way(-1).numbers.length > 4);
  });

  it('[OB9] a single op that is too large spends an attempt, and the link stays', async () => {
    add('huge');
    drain.pump();
    await way(0).fail('too-large');
    deepEqual(happened('retry'), ['retry too-large huge']);
    deepEqual(happened('linkFailed'), []);
  });

  it('[OB9] [OB6] blames the server, not the op, when nothing at all passes', async () => {
    const op = add('one');
    drain.pump();
    await way(0).fail('internal');
    deepEqual(happened('linkFailed'), ['linkFailed internal']);
    deepEqual([op.stage, op.attempts], ['ready', 0]);
  });

  it('[OB6] [BK14] spends no attempt on an answer that cannot be read', async () => {
    const op = add('one');
    drain.pump();
    await way(0).answer({ commits: 'nonsense' as never });
    deepEqual(happened('linkFailed'), ['linkFailed invalid']);
    deepEqual([op.stage, op.attempts], ['ready', 0]);
  });

  it('[OB10] [BK2] stops for as long as the server asks', async () => {
    add('one');
    drain.pump();
    await way(0).fail('rate-limited', 7_000);
    await scheduler.advance(6_999);
    equal(ways.length, 1);
    await scheduler.advance(1);
    equal(ways.length, 2);
  });

  it('hands an answer about the scope to whoever knows scopes', async () => {
    const op = add('one');
    drain.pump();
    // Whoever hears it sets the op aside at once.
    const failing = way(0).fail('removed');
    op.stage = 'done';
    await failing;
    deepEqual(happened('scopeFailed'), ['scopeFailed g:crew removed']);
  });

  it('[SA8] does not send again what was set aside with the op it depends on', async () => {
    add('song');
    const play = add('play', { dependsOn: ['song'] });
    drain.pump();
    const answer = way(0).answer({
      applied: [],
      refused: [[1, 'forbidden', 'No.']],
      retry: [[2, 'internal', 'Not today.']],
    });
    play.stage = 'done';
    await answer;
    deepEqual(happened('retry'), []);
    equal(happened('refused').length, 1);
  });

  it('[SA7] puts off what was refused while the op it depends on was put off, and what depends on that', async () => {
    add('song');
    add('second', { dependsOn: ['song'] });
    add('third', { dependsOn: ['second'] });
    drain.pump();
    await way(0).answer({
      applied: [],
      refused: [
        [2, 'not-found', 'It is not there.'],
        [3, 'not-found', 'It is not there.'],
      ],
      retry: [[1, 'internal', 'Not today.']],
    });
    deepEqual(happened('putOff'), ['putOff second', 'putOff third']);
    deepEqual(happened('refused'), []);
  });
});
