import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { encodeSnapshot, stateHash } from '../../sdk/merge/snapshot.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import { nodeCodec } from '../adapters/codec/node.ts';
import { createChurn } from './churn-fixture.ts';
import { createHousekeeping, type HousekeepingDeps } from './housekeeping.ts';
import {
  actor,
  createSyncBench,
  groupState,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');
const dayMs = 24 * 60 * 60 * 1_000;

describe('Pruning', () => {
  let bench: SyncBench;
  let phone: ReturnType<typeof testReplica>;
  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    phone = testReplica('ana');
  });

  const housekeeping = (over: Partial<HousekeepingDeps> = {}) =>
    createHousekeeping({
      ...bench,
      codec: nodeCodec,
      afterTurn: setImmediate,
      onBug: (error) => void bench.bugs.push(error),
      unpruned: { ops: 10, ms: dayMs },
      ...over,
    });
  const push = (...ops: Op[]) => bench.logs.push(ana, phone.push(...ops));
  const comeAndGo = async (count: number) => {
    for (let index = 0; index < count; index++) {
      const itemId = `t${index}`;
      await push(
        phone.op('playlist.add', { items: [{ itemId, title: itemId }] }),
        phone.op('playlist.remove', { itemId }),
      );
    }
  };
  const tombstones = async () => (await groupState(bench)).playlist.removed.size;

  it('[LG21] writes one op of the log once enough has gone for long enough', async () => {
    await comeAndGo(300);
    const tidier = housekeeping();
    await tidier.tidy(road);
    equal(await tombstones(), 300);
    bench.clock.advance(2 * dayMs);
    await push(...Array.from({ length: 12 }, () => phone.op('repeat.set', { mode: 'all' })));
    const { seq } = await bench.logs.viewOf(road);
    await tidier.tidy(road);
    equal(await tombstones(), 0);
    const [commit] = await bench.store.log.read(road, seq, 10);
    equal(commit?.runs[0]?.ops[0]?.[4], 'log.prune');
    await tidier.tidy(road);
    equal((await bench.logs.viewOf(road)).seq, seq + 1);
  });

  it('[LG21] prunes once where several processes find the same', async () => {
    await comeAndGo(300);
    bench.clock.advance(2 * dayMs);
    await push(...Array.from({ length: 12 }, () => phone.op('repeat.set', { mode: 'all' })));
    const { seq } = await bench.logs.viewOf(road);
    const others = [1, 2].map(() => housekeeping({ logs: createSyncBench(bench.store).logs }));
    await Promise.all(others.map((other) => other.tidy(road)));
    equal((await bench.logs.viewOf(road)).seq, seq + 1);
  });

  it('[LG21] leads every process and every replica to the same state', async () => {
    const other = createSyncBench(bench.store);
    await groupState(other);
    await comeAndGo(300);
    bench.clock.advance(2 * dayMs);
    await push(...Array.from({ length: 12 }, () => phone.op('repeat.set', { mode: 'all' })));
    await housekeeping().tidy(road);
    equal(stateHash(await groupState(other)), stateHash(await groupState(bench)));
  });

  it('[LG21] [OP4] forgets replicas that were silent for as long as the log is kept, and takes nothing of theirs twice', async () => {
    const old = Array.from({ length: 70 }, (_, index) =>
      testReplica('ana', { replicaId: `old-${index}`, stampMs: bench.clock.nowMs() }),
    );
    const sent: Op[] = [];
    for (const replica of old) {
      // Taken a second time it would have a second effect.
      const op = replica.op('repeat.set', { mode: 'off' });
      sent.push(op);
      await bench.logs.push(ana, replica.push(op));
    }
    bench.clock.advance(31 * dayMs);
    for (let tap = 0; tap < 60; tap++) await push(phone.op('repeat.set', { mode: 'one' }));
    await housekeeping({ kept: { ops: 20, ms: 30 * dayMs }, everyOps: 10 }).tidy(road);
    const { applied, forgottenMs } = await groupState(bench);
    deepEqual([...applied.keys()].sort(), ['phone-ana', 'server']);
    ok(forgottenMs > 0);

    const [again] = sent;
    ok(again);
    const late = await bench.logs.push(ana, { ...phone.push(again), batch: 9 });
    equal(late.refused[0]?.[1], 'invalid');
    const fresh = testReplica('ana', { replicaId: 'new', stampMs: bench.clock.nowMs() });
    const op = fresh.op('playlist.add', { items: [{ itemId: 'new', title: 'x' }] });
    equal((await bench.logs.push(ana, fresh.push(op))).applied.length, 1);
  });

  it('[LG21] [LG20] lets a group of any history be no more than its content', async () => {
    // Where every entry is worth an op, the size does not depend on when the last pruning was.
    const tidier = housekeeping({
      kept: { ops: 1_000, ms: dayMs },
      everyOps: 500,
      unpruned: { ops: 10, ms: dayMs, worth: 1 },
    });
    const churn = createChurn(bench, 500);
    const sizeAfter = async (ops: number) => {
      await churn.live(ops);
      await tidier.tidy(road);
      return JSON.stringify(encodeSnapshot(await groupState(bench))).length;
    };
    const young = await sizeAfter(3_000);
    const old = await sizeAfter(12_000);
    ok(old < young * 1.1, `${young} → ${old} characters`);
    const head = await bench.store.log.head(road);
    ok(head && head.seq > 15_000 && head.seq - head.firstSeq < 2_500);
    await tidier.close();
    deepEqual(bench.bugs, []);
  });
});
