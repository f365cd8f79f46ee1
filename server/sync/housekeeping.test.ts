import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { stateHash } from '../../sdk/merge/snapshot.ts';
import { nodeCodec } from '../adapters/codec/node.ts';
import type { LogsStore } from '../ports/store.ts';
import { createHousekeeping, type HousekeepingDeps } from './housekeeping.ts';
import { openSnapshot } from './open-snapshot.ts';
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

describe('Housekeeping', () => {
  let bench: SyncBench;
  let phone: ReturnType<typeof testReplica>;
  let counter = 0;

  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    phone = testReplica('ana');
    counter = 0;
  });

  const say = (count = 1) =>
    bench.logs.push(
      ana,
      phone.push(
        ...Array.from({ length: count }, () =>
          phone.op('messages.send', { messageId: `m${counter++}`, text: 'hello there' }),
        ),
      ),
    );
  const housekeeping = (over: Partial<HousekeepingDeps> = {}) =>
    createHousekeeping({
      ...bench,
      codec: nodeCodec,
      afterTurn: setImmediate,
      onBug: (error) => void bench.bugs.push(error),
      kept: { ops: 20, ms: 0 },
      everyOps: 10,
      ...over,
    });
  const fresh = () => createSyncBench(bench.store);
  const firstSeq = async () => (await bench.store.log.head(road))?.firstSeq ?? 0;

  it('[LG20] trims a log behind its base, and leaves at least as many ops as it should', async () => {
    for (let push = 0; push < 30; push++) await say(3);
    await housekeeping().tidy(road);
    const head = await bench.store.log.head(road);
    ok(head && head.firstSeq > 50, `${head?.firstSeq}`);
    ok(head.seq - head.firstSeq + 1 >= 20);
    const base = await bench.store.snapshots.get(road, 'base');
    equal(base?.cursor[1], head.firstSeq - 1);
  });

  it('[LG20] keeps 30 days, and at least 10,000 ops, unless it is told otherwise', async () => {
    const plain = housekeeping();
    await plain.close();
    for (let push = 0; push < 24; push++) await say(500);
    const { kept: _, everyOps: __, ...rest } = { ...bench, kept: 0, everyOps: 0 };
    const standard = createHousekeeping({
      ...rest,
      codec: nodeCodec,
      afterTurn: setImmediate,
      onBug: (error) => void bench.bugs.push(error),
    });
    await standard.tidy(road);
    equal(await firstSeq(), 1);
    bench.clock.advance(31 * dayMs);
    await standard.tidy(road);
    const head = await bench.store.log.head(road);
    ok(head && head.firstSeq > 1 && head.seq - head.firstSeq + 1 >= 10_000);
    ok(head.seq - head.firstSeq + 1 < 11_000);
  });

  it('[LG20] gives a process that starts afresh the same state from what is left', async () => {
    for (let push = 0; push < 30; push++) await say(3);
    const before = stateHash(await groupState(bench));
    await housekeeping().tidy(road);
    equal(stateHash(await groupState(fresh())), before);
    await say(2);
    equal(stateHash(await groupState(fresh())), stateHash(await groupState(bench)));
  });

  it('[LG20] folds on in a process that lagged behind what was trimmed', async () => {
    const other = fresh();
    await groupState(other);
    for (let push = 0; push < 30; push++) await say(3);
    await housekeeping().tidy(road);
    equal(stateHash(await groupState(other)), stateHash(await groupState(bench)));
  });

  it('[SN13] trims nothing when the base is not read back as it was written', async () => {
    for (let push = 0; push < 30; push++) await say(3);
    const spoiled: LogsStore = {
      ...bench.store,
      snapshots: {
        ...bench.store.snapshots,
        async get(scope, kind) {
          const kept = await bench.store.snapshots.get(scope, kind);
          if (!kept) return undefined;
          const { state } = await openSnapshot(nodeCodec, scope, kept);
          ok(state.kind === 'group');
          return { ...kept, bytes: kept.bytes.map((byte) => byte ^ 1) };
        },
      },
    };
    await rejects(housekeeping({ store: spoiled }).tidy(road));
    equal(await firstSeq(), 1);
    await housekeeping().tidy(road);
    ok((await firstSeq()) > 1);
  });

  it('[SN13] trims nothing when what is read back is another state', async () => {
    const { bytes } = await bench.snapshots.recent(road, await bench.logs.viewOf(road));
    for (let push = 0; push < 30; push++) await say(3);
    const forgetful: LogsStore = {
      ...bench.store,
      snapshots: {
        ...bench.store.snapshots,
        async get(scope, kind) {
          const kept = await bench.store.snapshots.get(scope, kind);
          return kept && { ...kept, bytes };
        },
      },
    };
    await rejects(housekeeping({ store: forgetful }).tidy(road), /not read back as it was written/);
    equal(await firstSeq(), 1);
  });

  it('[SN13] trims nothing where the base is another process’s', async () => {
    for (let push = 0; push < 30; push++) await say(3);
    const late: LogsStore = {
      ...bench.store,
      snapshots: {
        ...bench.store.snapshots,
        async put(scope, snapshot, kind) {
          const [generation, seq] = snapshot.cursor;
          const further = { ...snapshot, cursor: [generation, seq + 1, 'other'] as const };
          await bench.store.snapshots.put(scope, further, kind);
          return 'older';
        },
      },
    };
    await housekeeping({ store: late }).tidy(road);
    equal(await firstSeq(), 1);
  });

  it('[LG20] does no harm when several processes do it at once', async () => {
    for (let push = 0; push < 30; push++) await say(3);
    const before = stateHash(await groupState(bench));
    const others = [1, 2, 3].map(() => {
      const { logs } = fresh();
      return housekeeping({ logs });
    });
    await Promise.all(others.map((other) => other.tidy(road)));
    deepEqual(bench.bugs, []);
    ok((await firstSeq()) > 50);
    equal(stateHash(await groupState(fresh())), before);
  });

  it('[SN15] leaves the tail of a snapshot that is being read', async () => {
    for (let push = 0; push < 20; push++) await say(3);
    const { cursor } = await bench.snapshots.recent(road, await bench.logs.viewOf(road));
    const snapshot = await bench.snapshots.at(road, cursor);
    ok(snapshot);
    bench.snapshots.lease(road, snapshot);
    for (let push = 0; push < 20; push++) await say(3);
    await housekeeping().tidy(road);
    equal((await bench.store.log.read(road, cursor[1], 1))[0]?.seq, cursor[1] + 1);
    bench.clock.advance(180_000);
    await say(12);
    await housekeeping().tidy(road);
    ok((await firstSeq()) > cursor[1] + 1);
  });

  it('[SN14] [LG11] gives a replica that is older than the kept log a snapshot', async () => {
    const { head } = await say(1);
    for (let push = 0; push < 30; push++) await say(3);
    await housekeeping().tidy(road);
    const answer = await bench.pulls.pull(ana, { scope: road, cursor: head });
    ok(answer.snapshot);
  });

  it('[LG20] looks at a scope as work comes in', async () => {
    const busy = housekeeping();
    for (let push = 0; push < 60; push++) {
      await say(3);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await busy.tidy(road);
    ok((await firstSeq()) > 50);
    deepEqual(bench.bugs, []);
    await busy.close();
  });

  it('[LG20] starts from the base when the newest snapshot is damaged', async () => {
    for (let push = 0; push < 30; push++) await say(3);
    await bench.snapshots.recent(road, await bench.logs.viewOf(road));
    await housekeeping().tidy(road);
    const before = stateHash(await groupState(bench));
    await bench.store.snapshots.put(road, {
      ...{ cursor: [1, 93, (await bench.store.log.head(road))?.hash ?? ''] },
      ...{ atMs: 1, foldVersion: 99, bytes: Uint8Array.of(1, 2, 3) },
    });
    const other = fresh();
    equal(stateHash(await groupState(other)), before);
    equal(other.bugs.length, 1);
  });
});
