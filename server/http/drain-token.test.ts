import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessTable } from '../access/table.ts';
import { openSocket } from '../gateway/gateway-fixture.ts';
import { expected, problem, type TestPerson, type TestServer, testServer } from '../test-server.ts';

describe('the token of a service worker', () => {
  let server: TestServer;
  let ann: TestPerson;
  let groupId: string;
  let drainToken: string;
  let made = 0;

  before(async () => {
    server = await testServer();
    ann = await server.guest('Ann');
    groupId = await groupOf(ann);
    drainToken = await drainTokenOf(ann);
  });
  after(() => server.close());

  async function groupOf({ token }: TestPerson): Promise<string> {
    return (await server.ask('/v1/groups', { token, body: { name: 'Trip' } })).json.id;
  }
  async function drainTokenOf({ token }: TestPerson): Promise<string> {
    const { json } = await server.ask('/v1/auth/drain', { token, body: {} });
    return json.drainToken;
  }
  const message = (authorId: string, scope = `g:${groupId}`) => {
    const id = `w${++made}`;
    const ops = [[1, 1, Date.now(), 0, 'messages.send', { messageId: id, text: 'hello' }]];
    const run = { replicaId: id, authorId, stamperId: id, version: 1, base: [1, 2], ops };
    return { scope, batch: 1, runs: [run] };
  };
  const sync = (body: object, token = drainToken) =>
    server.ask('/v1/sync', {
      token,
      body: { version: 1, replicaId: 'w', push: [], pull: [], ...body },
    });

  it('[SW5] pushes and pulls for its person, and is told the time', async () => {
    const { status, json } = await sync({
      push: [message(ann.userId)],
      pull: [{ scope: `g:${groupId}`, cursor: null }],
    });
    equal(status, 200);
    deepEqual(json.answers[0]?.applied, [[1, 1]]);
    equal(json.pulls.length, 1);
    const [receivedMs, sentMs] = json.time;
    equal(receivedMs <= sentMs && Math.abs(Date.now() - receivedMs) < 60_000, true);
  });

  it('[SW5] opens no other door, over HTTP or the socket', async () => {
    const doors = accessTable.filter(
      ({ name, verdicts, takesDrainToken }) =>
        !name.startsWith('socket') && verdicts.anonymous !== 'yes' && !takesDrainToken,
    );
    equal(doors.length > 10, true);
    for (const { name } of doors) {
      const [method = '', path = ''] = name.split(' ');
      const place = path.replace(':groupId', groupId).replace(/:\w+/, 'f1');
      const answer = await fetch(server.base + place, {
        method,
        headers: {
          authorization: `Bearer ${drainToken}`,
          'tus-resumable': '1.0.0',
          'content-type': 'application/json',
        },
        ...(method === 'PUT' ? { body: JSON.stringify({ peaks: [0.5], durationMs: 1_000 }) } : {}),
      });
      equal(answer.status, 401, `${name} answered ${answer.status}`);
    }
    const opened = openSocket(server.base, { version: 1, site: 'pk_demo', token: drainToken });
    await rejects(opened, { code: 'unauthenticated' });
  });

  it('[SW5] neither speaks for another person nor reads what its person may not', async () => {
    const eve = await server.guest('Eve');
    const evesGroup = `g:${await groupOf(eve)}`;
    const forged = await sync({ push: [message(eve.userId)] });
    deepEqual(forged.json.answers[0]?.applied, []);
    equal(forged.json.answers[0]?.retry[0]?.[1], 'forbidden');
    const curious = await sync({
      push: [message(ann.userId, evesGroup)],
      pull: [
        { scope: evesGroup, cursor: null },
        { scope: `u:${eve.userId}`, cursor: null },
      ],
    });
    deepEqual([curious.json.answers, curious.json.pulls], [[], []]);
  });

  it('[SW5] is refused when it was changed, or comes from a page of another site', async () => {
    const [head = '', body = '', signature = ''] = drainToken.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'eve' })).toString('base64url');
    deepEqual(
      problem(await sync({}, `${head}.${changed}.${signature}`)),
      expected(401, 'unauthenticated'),
    );
    await server.addSite({
      name: 'H',
      key: 'pk_h',
      policy: 'open',
      origins: ['https://h.example'],
    });
    const away = await server.ask('/v1/sync', {
      token: await drainTokenOf(await server.guest('Bo', 'pk_h').catch(() => ann)),
      body: { version: 1, replicaId: 'w', push: [], pull: [] },
      headers: { origin: 'https://evil.example' },
    });
    equal(away.json.code, 'origin-not-allowed');
  });

  it('[SW5] is over when the sign-in is', async () => {
    const cy = await server.guest('Cy');
    const token = await drainTokenOf(cy);
    equal((await sync({}, token)).status, 200);
    const body = { site: 'pk_demo', via: 'body', refreshToken: cy.refreshToken };
    equal((await server.ask('/v1/auth/sign-out', { body })).status, 204);
    const answer = await sync({}, token);
    deepEqual(problem(answer), expected(401, 'unauthenticated'));
    match(answer.json.detail, /ended/);
  });

  it('is given to who is signed in only, and not for itself', async () => {
    for (const token of ['', drainToken]) {
      const answer = await server.ask('/v1/auth/drain', { token, body: {} });
      deepEqual(problem(answer), expected(401, 'unauthenticated'));
    }
  });
});
