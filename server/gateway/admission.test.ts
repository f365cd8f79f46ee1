import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type Admission, createAdmission } from './admission.ts';

const rules = { perSecond: 10, burst: 3, maxUnderWay: 5, maxWaitMs: 1_000 };

interface Bench {
  readonly admission: Admission;
  readonly entered: (() => void)[];
  readonly refused: JamzError[];
  come(count: number): void;
  /** Time passes, ten milliseconds at a time. */
  pass(ms: number): Promise<void>;
}

function bench(over: Partial<typeof rules> = {}): Bench {
  let nowMs = 0;
  const due = new Set<{ readonly atMs: number; run(): void }>();
  const admission = createAdmission(
    {
      monotonicMs: () => nowMs,
      random: () => 0,
      timers: {
        after(delayMs, run) {
          const timer = { atMs: nowMs + delayMs, run };
          due.add(timer);
          return () => due.delete(timer);
        },
      },
    },
    { ...rules, ...over },
  );
  const entered: (() => void)[] = [];
  const refused: JamzError[] = [];
  return {
    admission,
    entered,
    refused,
    come(count) {
      for (let index = 0; index < count; index++) {
        admission.enter().then(
          (greeted) => entered.push(greeted),
          (error: JamzError) => refused.push(error),
        );
      }
    },
    async pass(ms) {
      for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 10) {
        for (const timer of [...due]) {
          if (timer.atMs > nowMs) continue;
          due.delete(timer);
          timer.run();
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe('admission', () => {
  it('[BK16] lets a few in at once and the others one after the other, in the order in which they came', async () => {
    const { come, pass, entered } = bench({ maxUnderWay: 100 });
    come(8);
    await pass(10);
    equal(entered.length, 3);
    await pass(200);
    ok(entered.length >= 4 && entered.length <= 5, `${entered.length}`);
    await pass(400);
    equal(entered.length, 8);
  });

  it('[BK16] lets nobody in while too many wait for the answer to their hello', async () => {
    const { come, pass, entered } = bench({ burst: 100, maxUnderWay: 2 });
    come(4);
    await pass(200);
    equal(entered.length, 2);
    entered[0]?.();
    entered[0]?.();
    await pass(10);
    equal(entered.length, 3);
  });

  it('[BK16] takes who says no hello for gone', async () => {
    const { come, pass, entered } = bench({ burst: 100, maxUnderWay: 2, maxWaitMs: 60_000 });
    come(3);
    await pass(4_900);
    equal(entered.length, 2);
    await pass(200);
    equal(entered.length, 3);
  });

  it('[BK16] sends away who would wait too long, each with a time of their own to come back', async () => {
    const { come, pass, entered, refused } = bench({ maxUnderWay: 100 });
    come(40);
    await pass(1_200);
    const times = refused.map(({ retryAfterMs = 0 }) => retryAfterMs);
    ok(entered.length >= 12 && entered.length + refused.length === 40, `${entered.length}`);
    deepEqual(new Set(refused.map(({ code }) => code)), new Set(['unavailable']));
    deepEqual(
      times,
      times.map((_, index) => 600 + 100 * index),
    );
  });

  it('[BK16] tells those who wait when it closes, and lets nobody in', async () => {
    const { admission, come, pass, refused } = bench();
    come(5);
    await pass(10);
    admission.close(() => new JamzError('unavailable', 'Restarting', { retryAfterMs: 70 }));
    await pass(10);
    deepEqual(
      refused.map(({ retryAfterMs }) => retryAfterMs),
      [70, 70],
    );
    await rejects(admission.enter(), { code: 'unavailable' });
  });
});
