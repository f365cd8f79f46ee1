import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeCodec } from '../adapters/codec/node.ts';
import { createMongoStore } from '../adapters/store/mongo/create-mongo-store.ts';
import { mongoServer, noServer } from '../adapters/store/mongo/mongo-server-fixture.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { flatTables } from '../adapters/store/sqlite-to-mongo/flat-tables.ts';
import { scopeTables } from '../adapters/store/sqlite-to-mongo/scope-documents.ts';
import { mongoSeries } from '../adapters/time-series/mongo/mongo-series.ts';
import { sqliteSeries } from '../adapters/time-series/sqlite/sqlite-series.ts';
import type { Store, UserRecord } from '../ports/store.ts';
import type { Point } from '../ports/time-series.ts';
import { compact } from '../sync/compaction.ts';
import { actor, createSyncBench, makeGroup, testReplica } from '../sync/sync-fixture.ts';
import { runCli } from './run-cli.ts';

const server = await mongoServer();
const groups = 45;

// A suite that is skipped is not counted; a test is.
if (!server) it('The command migrate', { skip: noServer });

describe('The command migrate', { skip: !server && noServer }, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'jamz-migrate-'));
  const path = join(dataDir, 'trafficjamz.sqlite');
  const newDatabase = () => server?.newDatabase() ?? '';
  const target = newDatabase();

  before(async () => {
    await travel(createSqliteStore({ path }));
    const series = sqliteSeries({ path: join(dataDir, 'time-series.sqlite') });
    await series.write(fixes);
    await series.close();
  });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const run = (...argv: string[]) => command({}, 'migrate', '--from', dataDir, ...argv);
  const command = async (env: Readonly<Record<string, string>>, ...argv: string[]) => {
    const out: string[] = [];
    const status = await runCli(argv, {
      env: { LOG_LEVEL: 'silent', ...env },
      isTty: false,
      print: (line) => out.push(line),
      complain: (line) => out.push(line),
      onStop: () => {},
      exit: () => {},
    });
    return { status, out: out.join('\n') };
  };

  it('knows a place for every table', () => {
    const database = new DatabaseSync(path);
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    database.close();
    const known = [...flatTables.map(({ table }) => table), ...scopeTables];
    deepEqual(tables.map(({ name }) => String(name)).sort(), known.sort());
  });

  it('says with --dry-run what would be moved, and moves nothing', async () => {
    // What is said beside the command counts, not what the server's own environment has.
    const env = { MONGODB_URI_FILE: join(dataDir, 'no such file') };
    const argv = ['migrate', '--from', dataDir, '--to', target, '--dry-run'];
    const { status, out } = await command(env, ...argv);
    equal(status, 0, out);
    match(out, /^users {13}1$/m);
    match(out, new RegExp(`^series\\.positions +${fixes.length}$`, 'm'));
    match(out, new RegExp(`^${groups} logs would be moved. Nothing was written$`, 'm'));
    const store = await createMongoStore({ uri: target, expire: false });
    deepEqual(await store.log.scopes('', 10), []);
    await store.close();
  });

  it('[LG16] [LG24] is killed twice, keeps servers out, goes on, and each log and point comes to the same', async () => {
    for (const step of ['logs', 'history']) await killedHalfWay(dataDir, target, step);
    await rejects(createMongoStore({ uri: target }), /run "migrate" again/);
    const { status, out } = await run('--to', target, '--json');
    equal(status, 0, out);
    const lines = out.split('\n').map((line) => JSON.parse(line));
    const { state, scopes, counts } = lines.at(-1);
    deepEqual([state, scopes, counts.groups, counts.users], ['moved', groups, groups, 1]);
    deepEqual(lines.at(-2), { progress: { step: 'verify', done: groups, of: groups } });

    equal(counts['series.positions'], fixes.length);
    deepEqual(await fixesIn(target), fixes);

    const from = createSqliteStore({ path });
    const to = await createMongoStore({ uri: target, expire: false });
    deepEqual(await asSeenIn(to), await asSeenIn(from));
    await from.close();
    // The moved installation goes on.
    const bench = createSyncBench(to);
    for (const groupId of ['group3', 'group5', 'group9']) {
      const phone = testReplica('ana', { scope: `g:${groupId}`, replicaId: 'new-phone' });
      const op = phone.op('messages.send', { messageId: 'later', text: 'hi' });
      const { head } = await bench.logs.push(actor('ana'), phone.push(op));
      equal((await to.log.head(`g:${groupId}`))?.seq, head[1]);
    }
    deepEqual(bench.bugs, []);
    await to.close();
    match((await run('--to', target)).out, /were moved before. Nothing was written/);
  });

  it('is what doctor names where both stores are there', async () => {
    const env = { DATA_DIR: dataDir, MONGODB_URI: target, PORT: '0' };
    const { out } = await command(env, 'doctor');
    match(
      out,
      /· MONGODB_URI: MongoDB \d\S* \(.+\) at mongodb:.* answers, \d sites?; .* "migrate"/,
    );
  });

  it('refuses a database that has something of others', async () => {
    const uri = newDatabase();
    const store = await createMongoStore({ uri, expire: false });
    await store.meta.putIfAbsent('theirs', 'yes');
    const { status, out } = await run('--to', uri);
    equal(status, 2);
    match(out, /The target is not empty \(meta\): name another database/);
    equal(await store.users.byId('ana'), undefined);
    await store.close();
  });

  it('[WR9] leaves a store alone on which a server runs, and says what else is wrong', async () => {
    const running = createSqliteStore({ path });
    const { status, out } = await run('--to', newDatabase());
    await running.close();
    equal(status, 2);
    match(out, /is in use by another process/);
    match((await run()).out, /Say where to: --to MONGODB_URI/);
    match((await run('--to', target, '--from', tmpdir())).out, /There is no SQLite store in/);
  });
});

/** Ends the process at the first word of a step. */
async function killedHalfWay(from: string, to: string, step: string): Promise<void> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const argv = [main, 'migrate', '--from', from, '--to', to, '--json'];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (JSON.parse(line).progress?.step === step) break;
  }
  child.kill('SIGKILL');
  deepEqual(await ended, [null, 'SIGKILL']);
}

/** Where one member was; more than two pages. */
const fixes: readonly Point[] = Array.from({ length: 2_500 }, (_, index) => ({
  series: 'positions',
  tags: { site: 's1', group: 'group1', member: 'ana', device: 'phone' },
  atMs: 1_700_000_000_000 + index * 1_000,
  fields: {
    lat: 47.5,
    lng: 15 + index / 1e5,
    accuracyM: 5,
    headingDeg: -1,
    speedMps: 0,
    coarse: 0,
  },
}));

async function fixesIn(uri: string): Promise<readonly Point[]> {
  const series = await mongoSeries({ uri });
  const found = await series.read({
    ...{ series: 'positions', tags: { member: 'ana' }, fromMs: 0, toMs: 9e12 },
    ...{ everyMs: 1, combine: 'last', limit: 10_000 },
  });
  await series.close();
  return found;
}

const ana: UserRecord = {
  ...{ userId: 'ana', siteId: 's1', name: 'Ana', guest: false, email: 'ana@x.example' },
  ...{ emailVerifiedAtMs: 5, passwordHash: 'p', externalId: null, createdAtMs: 1 },
};

/** Groups with messages; one wound back, one wound back twice, one trimmed to its end. */
async function travel(store: Store): Promise<void> {
  const bench = createSyncBench(store);
  await store.users.create(ana);
  const token = { tokenHash: 't1', familyId: 'f1', userId: 'ana', expiresAtMs: 9e12 };
  const from = { device: 'Phone', atMs: 5 };
  await store.sessions.create({ ...token, usedAtMs: null, successorHash: null }, from);
  await store.refusals.put(
    'g:group1',
    'phone',
    [{ number: 4, code: 'forbidden', message: 'no' }],
    9e12,
  );
  for (let index = 0; index < groups; index++) {
    const groupId = `group${index}`;
    await makeGroup(bench, { ana: 'owner' }, groupId);
    const phone = testReplica('ana', { scope: `g:${groupId}`, replicaId: `phone${index}` });
    for (const name of ['one', 'two', 'three']) {
      const op = phone.op('messages.send', { messageId: `${name}${index}`, text: name });
      await bench.logs.push(actor('ana'), phone.push(op));
    }
  }
  await bench.logs.rewind('g:group3', { toSeq: 4, rejoin: true });
  await bench.logs.rewind('g:group5', { toSeq: 4, rejoin: true });
  await bench.logs.rewind('g:group5', { toSeq: 3, rejoin: false });
  await store.archive.fill('g:group7', 0, 5, [], []);
  const pause = async () => {};
  const nowMs = bench.clock.nowMs() + 1_000;
  await compact({ store, codec: nodeCodec, pause }, 'g:group9', { ops: 0, ms: 0 }, nowMs, 1);
  await store.close();
}

/** What a server sees of it. */
async function asSeenIn(store: Store): Promise<readonly unknown[]> {
  const logs = [];
  for (const groupId of ['group0', 'group3', 'group5', 'group9']) {
    const scope = `g:${groupId}` as const;
    logs.push(
      await store.log.head(scope),
      await store.log.read(scope, 0, 100),
      await store.log.generations(scope),
      await store.log.readCut(scope, 2, 0, 100),
      await store.log.readCut(scope, 3, 0, 100),
      await store.snapshots.get(scope, 'base'),
    );
  }
  return [
    logs,
    await store.archive.filledTo('g:group7'),
    await store.memberships.ofUser('ana'),
    await store.users.byEmail('s1', 'ana@x.example'),
    await store.sessions.get('t1'),
    await store.sessions.familiesOf('ana', 10),
    [...(await store.refusals.get('g:group1', 'phone', [4]))],
  ];
}
