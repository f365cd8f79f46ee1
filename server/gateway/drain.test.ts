import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drain, drainPlan } from './drain.ts';
import type { Session } from './session.ts';

/** What draining looks at of a session. */
function session(pushesUnderWay = 0): Session {
  return { pushesUnderWay } as Session;
}

function bench(sessions: Set<Session>, overMs: number) {
  const told: number[] = [];
  let tick = (): void => {};
  let at = 0;
  const done = drain(
    sessions,
    { overMs, returnMs: [0, 0] },
    {
      every(_periodMs, run) {
        tick = run;
        return () => {
          tick = () => {};
        };
      },
    },
    (gone) => {
      told.push(at);
      sessions.delete(gone);
    },
  );
  return {
    told,
    done,
    tick() {
      at += 1;
      tick();
    },
  };
}

describe('a server that stops', () => {
  it('[BK12] tells all at once where it is alone, and spreads their return', async () => {
    const plan = drainPlan(500, 0);
    deepEqual(plan, { overMs: 0, returnMs: [500, 5_500] });
    const { told, done } = bench(new Set([session(), session()]), plan.overMs);
    await done;
    equal(told.length, 2);
  });

  it('[BK12] serves each until it is told where others go on, and has told thousands within seconds', () => {
    const { overMs, returnMs } = drainPlan(5_000, 1);
    ok(overMs >= 5_000 && overMs <= 10_000, `${overMs}`);
    ok(returnMs[1] < 1_000);
    equal(drainPlan(50_000, 1).overMs, 10_000);
    ok(drainPlan(30, 1).overMs < 50);
  });

  it('[BK12] tells as many in each moment', async () => {
    const { told, done, tick } = bench(new Set(Array.from({ length: 10 }, () => session())), 250);
    for (let count = 0; count < 4; count++) tick();
    await done;
    deepEqual(told, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('[BK17] waits for pushes that are under way, but not for ever', async () => {
    const [idle, busy, stuck] = [session(), session(1), session(1)];
    const { told, done, tick } = bench(new Set([idle, busy, stuck]), 0);
    equal(told.length, 1);
    tick();
    equal(told.length, 1);
    busy.pushesUnderWay = 0;
    tick();
    equal(told.length, 2);
    for (let count = 0; count < 50; count++) tick();
    await done;
    equal(told.length, 3);
  });

  it('has nothing to tell who left meanwhile', async () => {
    const sessions = new Set([session(1), session(1)]);
    const { told, done, tick } = bench(sessions, 0);
    sessions.clear();
    tick();
    await done;
    equal(told.length, 0);
  });
});
