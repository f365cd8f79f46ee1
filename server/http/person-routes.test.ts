import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSocket } from '../gateway/gateway-fixture.ts';
import {
  expected,
  problem,
  type TestAnswer,
  type TestPerson,
  type TestServer,
  testServer,
} from '../test-server.ts';

const password = 'correct horse battery';

describe('deleting an account', () => {
  let server: TestServer;
  let nowMs = Date.now();
  let made = 0;
  before(async () => {
    server = await testServer({ clock: { nowMs: () => nowMs } });
  });
  after(() => server.close());

  const enter = async (
    path: string,
    body: object,
  ): Promise<TestPerson & { answer: TestAnswer }> => {
    const answer = await server.ask(`/v1/auth/${path}`, {
      body: { site: 'pk_demo', via: 'body', ...body },
    });
    const { user, accessToken, refreshToken } = answer.json;
    return { userId: user?.id, token: accessToken, refreshToken, answer };
  };
  const account = async () => {
    const email = `ana-${++made}@x.example`;
    return { email, ...(await enter('sign-up', { email, password, name: 'Ana' })) };
  };
  const erase = ({ token }: TestPerson, body: unknown = {}): Promise<TestAnswer> =>
    server.ask('/v1/me', { method: 'DELETE', token, body });
  const isIn = async ({ token }: TestPerson): Promise<boolean> =>
    (await server.ask('/v1/me', { token })).status === 200;

  it('[ID12] [ID14] with its password ends tokens, service worker and sockets, and the address is free', async () => {
    const ana = await account();
    const drain = await server.ask('/v1/auth/drain', { token: ana.token, body: {} });
    const { socket } = await openSocket(server.base, {
      version: 1,
      site: 'pk_demo',
      token: ana.token,
    });
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    equal((await erase(ana, { password })).status, 204);
    await cut;
    socket.close();

    equal(await isIn(ana), false);
    const { drainToken } = drain.json;
    const body = { version: 1, replicaId: 'r', push: [], pull: [] };
    equal((await server.ask('/v1/sync', { token: drainToken, body })).status, 401);
    await rejects(openSocket(server.base, { version: 1, site: 'pk_demo', token: ana.token }), {
      code: 'unauthenticated',
    });
    const { email, refreshToken } = ana;
    deepEqual(
      [
        (await enter('refresh', { refreshToken })).answer.status,
        (await enter('sign-in', { email, password })).answer.status,
      ],
      [401, 401],
    );
    const again = await enter('sign-up', { email, password, name: 'Ana' });
    equal(again.answer.status, 200);
    equal(again.userId === ana.userId, false);
  });

  it('[ID14] without its password, or with another, changes nothing', async () => {
    const ana = await account();
    deepEqual(problem(await erase(ana)), expected(400, 'invalid'));
    const wrong = await erase(ana, { password: 'another password' });
    deepEqual(problem(wrong), expected(403, 'forbidden'));
    equal(await isIn(ana), true);
  });

  it('[ID14] of a guest takes a token of the last minute', async () => {
    const guest = await server.guest('Gus');
    nowMs += 60_001;
    deepEqual(problem(await erase(guest)), expected(401, 'token-expired'));
    equal(await isIn(guest), true);
    const fresh = await enter('refresh', { refreshToken: guest.refreshToken });
    equal((await erase(fresh)).status, 204);
    equal(await isIn(guest), false);
  });

  for (const body of [
    '',
    '[]',
    'null',
    '{"alsoFiles":1}',
    '{"password":{}}',
    '{"alsofiles":true}',
    `{"password":"${'x'.repeat(300)}"}`,
  ]) {
    it(`is not done by a body of ${body.slice(0, 20) || 'nothing'}`, async () => {
      const guest = await server.guest('Gus');
      deepEqual(problem(await erase(guest, body)), expected(400, 'invalid'));
      equal(await isIn(guest), true);
    });
  }

  it('[ID14] cannot be guessed at: attempts are limited', async () => {
    const ana = await account();
    const answers: number[] = [];
    for (let attempt = 0; attempt < 11; attempt++) {
      answers.push((await erase(ana, { password: `guess ${attempt}` })).status);
    }
    equal(answers.at(-1), 429);
  });
});

describe('what is kept of a person', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  it('[ID13] is answered as a file, in either format', async () => {
    const { token } = await server.guest('Gus');
    await server.ask('/v1/groups', { token, body: { name: 'Road trip' } });
    type Records = readonly Record<string, string>[];
    const json = await server.ask<{ records: Records }>('/v1/me/export', { token });
    equal(json.headers.get('content-disposition'), 'attachment; filename="trafficjamz.json"');
    equal(json.headers.get('cache-control'), 'no-store');
    const { records } = json.json;
    deepEqual(
      records.map(({ kind, name }) => [kind, name]),
      [
        ['person', 'Gus'],
        ['profile', 'Gus'],
        ['device', 'another browser'],
        ['group', 'Gus'],
      ].map(([kind, name]) => [kind, kind === 'device' ? records[2]?.['name'] : name]),
    );
    const csv = await fetch(`${server.base}/v1/me/export?format=csv`, {
      headers: { authorization: `Bearer ${token}` },
    });
    equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8');
    match(await csv.text(), /^kind,group,id,.*\r\nperson,/);
  });

  it('is not answered in another format', async () => {
    const { token } = await server.guest('Gus');
    for (const format of ['xml', '', 'json&format=csv']) {
      const answer = await server.ask(`/v1/me/export?format=${format}`, { token });
      deepEqual(problem(answer), expected(400, 'invalid'));
    }
  });
});
