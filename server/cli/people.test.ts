import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { everythingIn, signUp, talkingGroup } from '../accounts/erase-fixture.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { openSocket } from '../gateway/gateway-fixture.ts';
import { createSyncBench } from '../sync/sync-fixture.ts';
import { type TestServer, testServer } from '../test-server.ts';
import { runCli } from './run-cli.ts';

async function cli(dataDir: string, ...argv: string[]): Promise<{ status: number; out: string }> {
  const lines: string[] = [];
  const status = await runCli(argv, {
    env: { DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    isTty: false,
    print: (line) => lines.push(line),
    complain: (line) => lines.push(line),
    onStop() {},
    exit() {},
  });
  return { status, out: lines.join('\n') };
}

describe('the commands about one person, while no server runs', () => {
  let dataDir: string;
  let path: string;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'jamz-people-'));
    path = join(dataDir, 'trafficjamz.sqlite');
    const bench = createSyncBench(createSqliteStore({ path }));
    for (const [siteId, key] of [
      ['s1', 'pk_one'],
      ['s2', 'pk_two'],
    ] as const) {
      const site = {
        siteId,
        key,
        name: key,
        policy: 'open',
        origins: ['*'],
        createdAtMs: 1,
      } as const;
      await bench.store.sites.put({ ...site, secretHash: null, sealedSecret: null });
    }
    await signUp(bench, 'ana');
    await talkingGroup(bench, { ana: 'owner', bo: 'member' });
    await bench.store.close();
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('[ID13] export prints all that is kept, or writes a file that nobody else may read', async () => {
    const { status, out } = await cli(dataDir, 'export', 'ana');
    equal(status, 0);
    equal(JSON.parse(out).records[0].email, 'ana@anabel.example');
    const to = join(dataDir, 'ana.csv');
    const argv = ['export', 'ANA@anabel.example', '--format', 'csv', '--to', to];
    deepEqual(await cli(dataDir, ...argv), { status: 0, out: '' });
    match(readFileSync(to, 'utf8'), /^\u{FEFF}kind,[^\r]*\r\nperson,/u);
    equal(statSync(to).mode & 0o777, 0o600);
    equal((await cli(dataDir, ...argv)).status, 2);
  });

  it('[ID12] erase leaves nothing by which they are known', async () => {
    deepEqual(await cli(dataDir, 'erase', 'ana@anabel.example', '--json'), {
      status: 0,
      out: '{"erased":"ana"}',
    });
    equal(/anabel/i.test(everythingIn(path)), false);
    equal((await cli(dataDir, 'erase', 'ana')).status, 2);
  });

  it('ask which one where an address has several, and take the site', async () => {
    const store = createSqliteStore({ path });
    const ana = await store.users.byId('ana');
    if (ana) await store.users.create({ ...ana, userId: 'ana2', siteId: 's2' });
    await store.close();
    const { status, out } = await cli(dataDir, 'erase', 'ana@anabel.example');
    equal(status, 2);
    match(out, /ana \(pk_one\), ana2 \(pk_two\)/);
    const argv = ['export', 'ana@anabel.example', '--site', 'pk_two'];
    equal(JSON.parse((await cli(dataDir, ...argv)).out).records[0].id, 'ana2');
  });

  for (const argv of [
    ['erase'],
    ['erase', 'ana', 'bo'],
    ['erase', 'nobody'],
    ['erase', 'ana', '--site', 'pk_none'],
    ['erase', 'ana', '--site', 'pk_two'],
    ['export', 'ana', '--format', 'xml'],
    ['export', 'ana', '--to', '/nowhere/at/all'],
  ]) {
    it(`change nothing and exit with status 2 for ${argv.join(' ')}`, async () => {
      // Whoever reads a log writes what is derived from it, where the last process did not come to it.
      equal((await cli(dataDir, 'export', 'ana')).status, 0);
      const was = everythingIn(path);
      equal((await cli(dataDir, ...argv)).status, 2);
      equal(everythingIn(path), was);
    });
  }
});

describe('erasing a person beside a running server', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  it('[ID12] leaves it to the server, which cuts their devices off', async () => {
    const { userId, token } = await server.guest('Anabel');
    const { socket } = await openSocket(server.base, { version: 1, site: 'pk_demo', token });
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    const { status, out } = await cli(server.config.dataDir, 'erase', userId);
    deepEqual([status, out], [0, `${userId} is erased`]);
    await cut;
    socket.close();
    equal((await server.ask('/v1/me', { token })).status, 401);
  });
});
