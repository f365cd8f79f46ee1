import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../server/adapters/store/sqlite/create-sqlite-store.ts';
import type { Store } from '../server/ports/store.ts';
import {
  actor,
  createSyncBench,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from '../server/sync/sync-fixture.ts';

/**
 * What the server's log costs on SQLite on this machine's disk, and on MongoDB where MONGODB_URI names one; the
 * databases that it makes there go at the end. `node bench/server-log.ts`
 */
const ana = actor('ana');
const directory = await mkdtemp(join(tmpdir(), 'jamz-bench-'));
const mongodbUri = process.env['MONGODB_URI'];
const stores: readonly (readonly [name: string, open: () => Promise<BenchStore>])[] = [
  ['SQLite', openSqlite],
  ...(mongodbUri ? [['MongoDB', () => openMongo(mongodbUri)] as const] : []),
];

await measured('10,000 ops in pushes of 500, one after the other', async (bench) => {
  const phone = testReplica('ana');
  const pushes = Array.from({ length: 20 }, (_, push) =>
    phone.push(
      ...Array.from({ length: 500 }, (__, at) =>
        phone.op('playlist.add', {
          items: [{ itemId: `i${push * 500 + at}`, title: `Song ${at}`, durationMs: 200_000 }],
        }),
      ),
    ),
  );
  const started = performance.now();
  for (const push of pushes) await bench.logs.push(ana, push);
  const pushedMs = performance.now() - started;
  const [cold, first] = await timed(() => bench.pulls.pull(ana, { scope: road, cursor: null }));
  const [warm] = await timed(() => bench.pulls.pull(ana, { scope: road, cursor: null }));
  const bytes = first.snapshot?.totalBytes ?? 0;
  const [loaded] = await timed(() => createSyncBench(bench.store).logs.viewOf(road));
  return `${pushedMs.toFixed(0)} ms; then join cold ${cold.toFixed(1)} ms, warm ${warm.toFixed(2)} ms, snapshot ${bytes} bytes; load after a restart ${loaded.toFixed(0)} ms`;
});

await measured('1,000 commits of one op, one after the other', async (bench) => {
  const phone = testReplica('ana');
  const each: number[] = [];
  const [ms] = await timed(async () => {
    for (let index = 0; index < 1_000; index++) {
      const op = phone.op('messages.send', { messageId: `m${index}`, text: 'hi' });
      each.push((await timed(() => bench.logs.push(ana, phone.push(op))))[0]);
    }
  });
  return `${Math.round(1_000_000 / ms)} commits/s, ${latencies(each)}`;
});

await measured(
  '20,000 ops of 200 writers in 50 groups, each waiting for its answer',
  async (bench) => {
    const writers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const groupId = `group${index % 50}`;
        if (index < 50) await makeGroup(bench, { ana: 'owner' }, groupId);
        return testReplica('ana', { scope: `g:${groupId}`, replicaId: `phone${index}` });
      }),
    );
    const each: number[] = [];
    const [ms] = await timed(() =>
      Promise.all(
        writers.map(async (phone, writer) => {
          for (let index = 0; index < 100; index++) {
            const op = phone.op('messages.send', { messageId: `m${writer}-${index}`, text: 'hi' });
            each.push((await timed(() => bench.logs.push(ana, phone.push(op))))[0]);
          }
        }),
      ),
    );
    return `${Math.round(20_000_000 / ms)} ops/s, ${latencies(each)}`;
  },
);

await rm(directory, { recursive: true });

async function measured(name: string, run: (bench: SyncBench) => Promise<string>): Promise<void> {
  for (const [storeName, open] of stores) {
    const { store, drop } = await open();
    const bench = createSyncBench(store);
    await makeGroup(bench, { ana: 'owner' });
    console.log(`${storeName}, ${name}: ${await run(bench)}`);
    if (bench.bugs.length > 0) throw bench.bugs[0];
    await store.close();
    await drop();
  }
}

interface BenchStore {
  readonly store: Store;
  drop(): Promise<void>;
}

async function openSqlite(): Promise<BenchStore> {
  const path = join(directory, crypto.randomUUID(), 'jamz.sqlite');
  return { store: createSqliteStore({ path }), drop: async () => {} };
}

async function openMongo(base: string): Promise<BenchStore> {
  const { createMongoStore } = await import('../server/adapters/store/mongo/create-mongo-store.ts');
  const { connect } = await import('../server/adapters/store/mongo/connection.ts');
  const url = new URL(base);
  url.pathname = `/jamz_bench_${process.pid}`;
  return {
    store: await createMongoStore({ uri: url.href, expire: false }),
    async drop() {
      const { database, close } = await connect(url.href);
      await database.dropDatabase();
      await close();
    },
  };
}

/** The median and the 99th percentile. */
function latencies(ms: readonly number[]): string {
  const sorted = ms.toSorted((one, other) => one - other);
  const at = (share: number): string => (sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [ms: number, result: T]> {
  const started = performance.now();
  const result = await work();
  return [performance.now() - started, result];
}
