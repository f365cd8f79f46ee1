import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createMailbox, tokenIn } from '../mail-fixture.ts';
import { expected, problem, type TestAnswer, type TestServer, testServer } from '../test-server.ts';

const password = 'correct horse battery';

describe('a guest who becomes an account', () => {
  let server: TestServer;
  let made = 0;
  let email: string;
  const mailbox = createMailbox();
  before(async () => {
    server = await testServer({ mailer: mailbox.mailer });
  });
  after(() => server.close());
  beforeEach(() => {
    email = `Bo-${++made}@X.example`;
  });

  const enter = (path: string, body: object): Promise<TestAnswer> =>
    server.ask(`/v1/auth/${path}`, { body: { site: 'pk_demo', via: 'body', ...body } });
  const signIn = () => enter('sign-in', { email, password });
  const me = async (token: string) => (await server.ask('/v1/me', { token })).json.user;
  const upgrade = (token: string, body: object) => server.ask('/v1/auth/upgrade', { token, body });

  it('[ID4] stays the same person in the same groups, on all devices', async () => {
    const { userId, token, refreshToken } = await server.guest('Bo');
    const { json: group } = await server.ask('/v1/groups', { token, body: { name: 'Trip' } });
    const { status, json } = await upgrade(token, { email, password });
    equal(status, 200);
    deepEqual(json, {
      id: userId,
      name: 'Bo',
      guest: false,
      email: email.toLowerCase(),
      emailVerified: false,
    });
    equal((await enter('refresh', { refreshToken })).json.user.guest, false);
    const back = await signIn();
    equal(back.json.user.id, userId);
    deepEqual(
      back.json.groups.map((one) => (one as { id: string }).id),
      [group.id],
    );
    equal((await enter('verify', { token: tokenIn(await mailbox.next()) })).status, 204);
  });

  it('may take another name on the way', async () => {
    const { token } = await server.guest('Bo');
    equal((await upgrade(token, { email, password, name: 'Bo B.' })).json.name, 'Bo B.');
    equal((await me(token)).name, 'Bo B.');
    await mailbox.next();
  });

  it('[ID4] cannot take an address that has an account, in whatever letters', async () => {
    await enter('sign-up', { email, password, name: 'Ana' });
    await mailbox.next();
    const { token } = await server.guest('Bo');
    const taken = await upgrade(token, { email: email.toUpperCase(), password });
    deepEqual(problem(taken), expected(400, 'invalid'));
    match(taken.json.detail, /already has an account/);
    equal((await me(token)).guest, true);
  });

  it('[ID4] becomes one once, and an account becomes no other', async () => {
    const { token } = await server.guest('Bo');
    const other = `other-${email}`;
    const both = await Promise.all(
      [email, other].map((address) => upgrade(token, { email: address, password })),
    );
    deepEqual(both.map(({ status }) => status).sort(), [200, 400]);
    deepEqual(
      problem(await upgrade(token, { email: `third-${email}`, password })),
      expected(400, 'invalid'),
    );
    await mailbox.next();
  });

  for (const body of [
    {},
    { email: 'x', password },
    { email: 'a@x.example', password: 'short' },
    { email: 'a@x.example', password, name: '' },
  ]) {
    it(`is refused ${JSON.stringify(body)}`, async () => {
      const { token } = await server.guest('Bo');
      deepEqual(problem(await upgrade(token, body)), expected(400, 'invalid'));
      equal((await me(token)).guest, true);
    });
  }
});
