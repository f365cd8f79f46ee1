import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../server/adapters/store/sqlite/create-sqlite-store.ts';
import {
  actor,
  createSyncBench,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from '../server/sync/sync-fixture.ts';

/** What the server's log costs on SQLite on this machine's disk. `node bench/server-log.ts` */
const ana = actor('ana');
const directory = await mkdtemp(join(tmpdir(), 'jamz-bench-'));

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
  const [ms] = await timed(async () => {
    for (let index = 0; index < 1_000; index++) {
      await bench.logs.push(
        ana,
        phone.push(phone.op('messages.send', { messageId: `m${index}`, text: 'hi' })),
      );
    }
  });
  return `${Math.round(1_000_000 / ms)} commits/s`;
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
    const [ms] = await timed(() =>
      Promise.all(
        writers.map(async (phone, writer) => {
          for (let index = 0; index < 100; index++) {
            const messageId = `m${writer}-${index}`;
            await bench.logs.push(
              ana,
              phone.push(phone.op('messages.send', { messageId, text: 'hi' })),
            );
          }
        }),
      ),
    );
    return `${Math.round(20_000_000 / ms)} ops/s`;
  },
);

await rm(directory, { recursive: true });

async function measured(name: string, run: (bench: SyncBench) => Promise<string>): Promise<void> {
  const path = join(directory, crypto.randomUUID(), 'jamz.sqlite');
  const bench = createSyncBench(createSqliteStore({ path }));
  await makeGroup(bench, { ana: 'owner' });
  console.log(`${name}: ${await run(bench)}`);
  if (bench.bugs.length > 0) throw bench.bugs[0];
  await bench.store.close();
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [ms: number, result: T]> {
  const started = performance.now();
  const result = await work();
  return [performance.now() - started, result];
}
