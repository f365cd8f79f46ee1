import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { actor, createSyncBench, makeGroup, road, testReplica } from '../sync/sync-fixture.ts';
import { runCli } from './run-cli.ts';

describe('The command restore', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jamz-restore-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const open = () => createSqliteStore({ path: join(dataDir, 'trafficjamz.sqlite') });
  const run = async (...argv: string[]) => {
    const out: string[] = [];
    const status = await runCli(['restore', ...argv], {
      env: { DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
      isTty: false,
      print: (line) => out.push(line),
      complain: (line) => out.push(line),
      onStop: () => {},
      exit: () => {},
    });
    return { status, out: out.join('\n') };
  };
  /** Two tracks, an hour between them; returns a time between the two. */
  const travel = async () => {
    const bench = createSyncBench(open());
    await makeGroup(bench);
    const phone = testReplica('ana');
    const add = (itemId: string) =>
      bench.logs.push(
        actor('ana'),
        phone.push(phone.op('playlist.add', { items: [{ itemId, title: itemId }] })),
      );
    await add('a');
    bench.clock.advance(60_000);
    const at = new Date(bench.clock.nowMs()).toISOString();
    bench.clock.advance(60_000);
    await add('b');
    await bench.store.close();
    return at;
  };
  const now = async () => {
    const bench = createSyncBench(open());
    const state = await bench.logs.stateOf(road);
    const forks = await bench.store.log.generations(road);
    await bench.store.close();
    return {
      items: state?.kind === 'group' ? [...state.playlist.items.keys()] : [],
      rejoin: forks.map(({ rejoin }) => rejoin),
    };
  };

  it('[LG19] winds every log back to a time, and notes that later changes are wanted back', async () => {
    const at = await travel();
    const { status, out } = await run('--at', at, '--want-later');
    equal(status, 0);
    match(out, /g:road {2}back to 4, 1 ops cut out, generation 2\n1 of 1 logs wound back/);
    deepEqual(await now(), { items: ['a'], rejoin: [true] });
  });

  it('[LG19] notes that later changes are given up, and can be asked again', async () => {
    const at = await travel();
    const { out } = await run('--at', at, '--discard-later', '--group', 'road', '--json');
    deepEqual(JSON.parse(out).restored[0].toSeq, 4);
    deepEqual(await now(), { items: ['a'], rejoin: [false] });
    match((await run('--at', at, '--discard-later')).out, /0 of 1 logs wound back/);
  });

  it('[LG19] does nothing until it is told what shall become of later changes, and when', async () => {
    const at = await travel();
    for (const [argv, hint] of [
      [['--at', at], /--want-later or --discard-later/],
      [['--at', at, '--want-later', '--discard-later'], /--want-later or --discard-later/],
      [['--at', 'yesterday-ish', '--want-later'], /--at TIME/],
      [['--want-later'], /--at TIME/],
      [['--at', at, '--want-later', '--group', 'none'], /no group "none"/],
    ] as const) {
      const { status, out } = await run(...argv);
      equal(status, 2);
      match(out, hint);
    }
    deepEqual(await now(), { items: ['a', 'b'], rejoin: [] });
  });

  it('[WR9] [LG19] leaves the logs alone while a server runs on them', async () => {
    const at = await travel();
    const running = open();
    equal((await run('--at', at, '--want-later')).status, 2);
    await running.close();
    deepEqual((await now()).items, ['a', 'b']);
  });
});
