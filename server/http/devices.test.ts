import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WireDevice } from '../../sdk/protocol/wire.ts';
import { memoryCounters } from '../adapters/counters/memory-counters.ts';
import { runCli } from '../cli/run-cli.ts';
import { openSocket } from '../gateway/gateway-fixture.ts';
import {
  expected,
  problem,
  type TestAnswer,
  type TestPerson,
  type TestServer,
  testServer,
} from '../test-server.ts';
import { createRateLimits, defaultRateLimits } from './rate-limits.ts';

const firefox = 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0';
const password = 'correct horse battery';
const adminToken = 'operator-token-that-is-long-enough';

describe('the devices a person is signed in on', () => {
  let server: TestServer;
  let made = 0;
  before(async () => {
    const many = { times: 10_000, withinS: 60 };
    server = await testServer({
      env: { ADMIN_TOKEN: adminToken },
      rateLimits: createRateLimits(memoryCounters(), {
        ...{ ...defaultRateLimits, 'sign-in': many, password: many, account: many },
      }),
    });
  });
  after(() => server.close());

  /** One person, signed in as many times. */
  async function signedIn(times: number): Promise<TestPerson[]> {
    const email = `ana-${++made}@x.example`;
    const enter = async (path: string, body: object): Promise<TestPerson> => {
      const { json } = await server.ask(`/v1/auth/${path}`, {
        body: { site: 'pk_demo', via: 'body', email, password, ...body },
        headers: { 'user-agent': firefox },
      });
      return { userId: json.user.id, token: json.accessToken, refreshToken: json.refreshToken };
    };
    const people = [await enter('sign-up', { name: 'Ana' })];
    while (people.length < times) people.push(await enter('sign-in', {}));
    return people;
  }
  const devicesOf = async (token: string): Promise<readonly WireDevice[]> =>
    (await server.ask<WireDevice[]>('/v1/me/devices', { token })).json;
  const end = (token: string, id = ''): Promise<TestAnswer> =>
    server.ask(`/v1/me/devices${id === '' ? '' : `/${id}`}`, { token, method: 'DELETE' });
  const isIn = async ({ token }: TestPerson): Promise<boolean> =>
    (await server.ask('/v1/me', { token })).status === 200;
  const refresh = ({ refreshToken }: TestPerson): Promise<TestAnswer> =>
    server.ask('/v1/auth/refresh', { body: { site: 'pk_demo', via: 'body', refreshToken } });

  it('are listed with a coarse name, and the one that asks', async () => {
    const [one, other] = await signedIn(2);
    const list = await devicesOf(other?.token ?? '');
    deepEqual(
      list.map(({ name, current }) => ({ name, current })),
      [
        { name: 'Firefox on Android', current: true },
        { name: 'Firefox on Android', current: false },
      ],
    );
    const [newest, oldest] = list;
    equal((newest?.createdAtMs ?? 0) >= (oldest?.createdAtMs ?? 0), true);
    await refresh(one as TestPerson);
    const [now] = await devicesOf(one?.token ?? '');
    equal(now?.id, oldest?.id);
    equal((now?.lastUsedAtMs ?? 0) > (oldest?.lastUsedAtMs ?? 0), true);
  });

  it('[ID6] are signed out one by one: tokens, service worker and sockets', async () => {
    const [here, there] = (await signedIn(2)) as [TestPerson, TestPerson];
    const drain = await server.ask('/v1/auth/drain', { token: there.token, body: {} });
    const { socket } = await openSocket(server.base, {
      version: 1,
      site: 'pk_demo',
      token: there.token,
    });
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    const [{ id = '' } = {}] = (await devicesOf(here.token)).filter(({ current }) => !current);
    equal((await end(here.token, id)).status, 204);
    await cut;
    socket.close();

    deepEqual([await isIn(here), await isIn(there)], [true, false]);
    deepEqual(problem(await refresh(there)), expected(401, 'unauthenticated'));
    const { drainToken } = drain.json;
    const body = { version: 1, replicaId: 'r', push: [], pull: [] };
    equal((await server.ask('/v1/sync', { token: drainToken, body })).status, 401);
    await rejects(openSocket(server.base, { version: 1, site: 'pk_demo', token: there.token }), {
      code: 'unauthenticated',
    });
    equal((await devicesOf(here.token)).length, 1);
    deepEqual(problem(await end(here.token, id)), expected(404, 'not-found'));
  });

  it('are signed out all but this one', async () => {
    const [one, two, here] = (await signedIn(3)) as [TestPerson, TestPerson, TestPerson];
    equal((await end(here.token)).status, 204);
    deepEqual([await isIn(one), await isIn(two), await isIn(here)], [false, false, true]);
    equal((await refresh(here)).status, 200);
    equal((await end(here.token)).status, 204);
  });

  describe('are ended from outside', () => {
    const connected = async (token: string): Promise<{ readonly cut: Promise<unknown> }> => {
      const { socket } = await openSocket(server.base, { version: 1, site: 'pk_demo', token });
      const cut = new Promise((resolve) => socket.once('disconnect', resolve));
      return { cut: cut.finally(() => socket.close()) };
    };
    const outOf = async (path: string, token: string): Promise<void> => {
      const [one, two] = (await signedIn(2)) as [TestPerson, TestPerson];
      const { cut } = await connected(two.token);
      const at = `${path.replace(':person', one.userId)}`;
      equal((await server.ask(at, { token, method: 'DELETE' })).status, 204);
      deepEqual([await isIn(one), await isIn(two)], [false, false]);
      deepEqual(problem(await refresh(two)), expected(401, 'unauthenticated'));
      await cut;
      equal((await server.ask(at, { token, method: 'DELETE' })).status, 204);
    };

    it('[ID21] by the backend of the site', async () => {
      const path = '/v1/sites/pk_demo/users/:person/sign-ins';
      await outOf(path, await server.secretOf('pk_demo'));
      const kinds = (await server.audit('pk_demo')).map(({ kind }) => kind);
      equal(kinds.includes('sign-ins-ended'), true);
    });

    it('[ID21] by who operates the server', async () => {
      await outOf('/v1/admin/sites/pk_demo/users/:person/sign-ins', adminToken);
    });

    it('[ID21] by a command beside the server, sockets too', async () => {
      const [one, two] = (await signedIn(2)) as [TestPerson, TestPerson];
      const { cut } = await connected(two.token);
      const lines: string[] = [];
      const status = await runCli(['sign-out', one.userId], {
        env: { DATA_DIR: server.config.dataDir, LOG_LEVEL: 'silent' },
        isTty: false,
        print: (line) => lines.push(line),
        complain: (line) => lines.push(line),
        onStop() {},
        exit() {},
      });
      deepEqual([status, lines], [0, [`2 sign-ins of ${one.userId} ended`]]);
      deepEqual([await isIn(one), await isIn(two)], [false, false]);
      await cut;
    });
  });

  it('are nobody else’s to see or to end', async () => {
    const [ana] = (await signedIn(1)) as [TestPerson];
    const eve = await server.guest('Eve');
    const [{ id = '' } = {}] = await devicesOf(ana.token);
    equal(
      (await devicesOf(eve.token)).some((device) => device.id === id),
      false,
    );
    deepEqual(problem(await end(eve.token, id)), expected(404, 'not-found'));
    equal((await end(eve.token)).status, 204);
    equal(await isIn(ana), true);
  });

  for (const id of ['x', '%00', '..%2F..', 'f'.repeat(2_000)]) {
    it(`know none called ${id.slice(0, 12)}`, async () => {
      const [ana] = (await signedIn(1)) as [TestPerson];
      const answer = await end(ana.token, id);
      equal([400, 404].includes(answer.status), true);
      equal(await isIn(ana), true);
    });
  }
});
