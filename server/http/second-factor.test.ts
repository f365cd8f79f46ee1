import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { codeOf, stepMs } from '../accounts/totp.ts';
import { bytesOf } from '../accounts/totp-fixture.ts';
import { createMailbox } from '../mail-fixture.ts';
import { expected, problem, type TestAnswer, type TestServer, testServer } from '../test-server.ts';

const password = 'correct horse battery';

describe('a code of an authenticator app', () => {
  let server: TestServer;
  let nowMs = Date.now();
  let made = 0;
  let email: string;
  let token: string;
  let userId: string;
  const mailbox = createMailbox();

  before(async () => {
    server = await testServer({ mailer: mailbox.mailer, clock: { nowMs: () => nowMs } });
  });
  after(() => server.close());
  beforeEach(async () => {
    email = `ana-${++made}@x.example`;
    const { json } = await ask('sign-up', { email, password, name: 'Ana' });
    [token, userId] = [json.accessToken, json.user.id];
    await mailbox.next();
  });

  const ask = <Json = TestAnswer['json']>(path: string, body: object, bearer?: string) =>
    server.ask<Json>(`/v1/auth/${path}`, {
      body: { site: 'pk_demo', via: 'body', ...body },
      ...(bearer === undefined ? {} : { token: bearer }),
    });
  const signIn = (given: { password?: string; code?: string } = {}) =>
    ask('sign-in', { email, password, ...given });
  const look = async () => (await server.ask('/v1/auth/second-factor', { token })).json;
  const nextCode = (secret: Uint8Array): string => {
    nowMs += stepMs;
    return codeOf(secret, Math.floor(nowMs / stepMs));
  };
  const begin = async (): Promise<Uint8Array> => {
    const { json, status } = await ask<{ secret: string; uri: string }>(
      'second-factor',
      { password },
      token,
    );
    equal(status, 200);
    equal(new URL(json.uri).searchParams.get('secret'), json.secret);
    return bytesOf(json.secret);
  };
  /** @returns the app's secret, and the codes for recovery */
  const turnOn = async () => {
    const secret = await begin();
    const code = nextCode(secret);
    const { json } = await ask<{ recoveryCodes: string[] }>(
      'second-factor/confirm',
      { code },
      token,
    );
    match((await mailbox.next()).subject, /are on/);
    return { secret, recoveryCodes: json.recoveryCodes };
  };

  it('[ID24] is asked for once it was turned on with a first code, and not before', async () => {
    const secret = await begin();
    deepEqual(await look(), { on: false, recoveryCodesLeft: 0 });
    equal((await signIn()).status, 200);
    const wrong = codeOf(secret, 1);
    const refused = await ask('second-factor/confirm', { code: wrong }, token);
    deepEqual(problem(refused), expected(400, 'invalid'));
    equal((await signIn()).status, 200);
    const confirmed = await ask('second-factor/confirm', { code: nextCode(secret) }, token);
    equal(confirmed.status, 200);
    await mailbox.next();
    deepEqual(await look(), { on: true, recoveryCodesLeft: 10 });
    const asked = await signIn();
    deepEqual(problem(asked), expected(403, 'forbidden'));
    match(asked.json.detail, /code of its authenticator app/);
    const answer = await signIn({ code: nextCode(secret) });
    equal(answer.json.user.id, userId);
    // What was signed in stays so.
    equal((await server.ask('/v1/me', { token: answer.json.accessToken })).status, 200);
  });

  it('[ID24] says nothing of itself to who has not the password', async () => {
    const { secret } = await turnOn();
    for (const code of [undefined, nextCode(secret)]) {
      const answer = await signIn({ password: 'wrong', ...(code === undefined ? {} : { code }) });
      deepEqual(problem(answer), expected(401, 'unauthenticated'));
      match(answer.json.detail, /address or the password/);
    }
  });

  it('[ID24] works once, also for two who come with it together, and no older one works after it', async () => {
    const { secret } = await turnOn();
    const older = codeOf(secret, Math.floor(nowMs / stepMs) + 1);
    nowMs += stepMs;
    const code = nextCode(secret);
    const both = await Promise.all([signIn({ code }), signIn({ code })]);
    deepEqual(both.map(({ status }) => status).sort(), [200, 401]);
    for (const used of [code, older]) {
      deepEqual(problem(await signIn({ code: used })), expected(401, 'unauthenticated'));
    }
  });

  it('[ID25] has ten codes beside it for who lost the app, each good once, however it is typed', async () => {
    const { recoveryCodes } = await turnOn();
    equal(new Set(recoveryCodes).size, 10);
    const [first = '', second = ''] = recoveryCodes;
    match(first, /^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
    equal((await signIn({ code: first })).status, 200);
    deepEqual(problem(await signIn({ code: first })), expected(401, 'unauthenticated'));
    equal((await signIn({ code: second.toLowerCase().replaceAll('-', ' ') })).status, 200);
    deepEqual(await look(), { on: true, recoveryCodesLeft: 8 });
  });

  it('[ID25] is turned off with password and code, and told by mail', async () => {
    const { secret } = await turnOn();
    const end = (given: object) => ask('second-factor/end', { password, ...given }, token);
    const wrong = await end({ password: 'wrong', code: nextCode(secret) });
    deepEqual(problem(wrong), expected(403, 'forbidden'));
    deepEqual(problem(await end({ code: '000000' })), expected(400, 'invalid'));
    deepEqual(await look(), { on: true, recoveryCodesLeft: 10 });
    equal((await end({ code: nextCode(secret) })).status, 204);
    equal((await end({ code: '000000' })).status, 204);
    match((await mailbox.next()).subject, /are off/);
    equal((await signIn()).status, 200);
  });

  it('[ID25] is turned off by the site’s backend alone for who has lost both', async () => {
    await turnOn();
    const path = `/v1/sites/pk_demo/users/${userId}/second-factor`;
    const others = await server.addSite({ name: 'O', key: 'pk_o', policy: 'open', origins: ['*'] });
    const refused = await server.ask(path, { method: 'DELETE', token: others });
    deepEqual(problem(refused), expected(404, 'not-found'));
    equal((await signIn()).status, 403);
    const secret = await server.secretOf('pk_demo');
    equal((await server.ask(path, { method: 'DELETE', token: secret })).status, 204);
    match((await mailbox.next()).subject, /are off/);
    equal((await signIn()).status, 200);
  });

  it('[ID24] does not give way to a new password', async () => {
    const { secret } = await turnOn();
    const changed = await ask(
      'password',
      { password, newPassword: 'another long password' },
      token,
    );
    equal(changed.status, 204);
    await mailbox.next();
    const given = { password: 'another long password' };
    equal((await signIn(given)).status, 403);
    equal((await signIn({ ...given, code: nextCode(secret) })).status, 200);
  });

  it('[ID24] is guessed by nobody: tries are limited', async () => {
    await turnOn();
    const statuses: number[] = [];
    for (let time = 0; time < 11; time++) statuses.push((await signIn({ code: '000000' })).status);
    deepEqual([statuses[0], statuses.at(-1)], [401, 429]);
  });

  it('is nothing for guests, and is not begun without the password, twice, or too late', async () => {
    const guest = await server.guest('Gu');
    const asked = await ask('second-factor', { password }, guest.token);
    deepEqual(problem(asked), expected(400, 'invalid'));
    const wrong = await ask('second-factor', { password: 'wrong' }, token);
    deepEqual(problem(wrong), expected(403, 'forbidden'));
    const secret = await begin();
    nowMs += 600_000;
    const late = await ask('second-factor/confirm', { code: nextCode(secret) }, token);
    // The token of the sign-up is ten minutes old.
    equal(late.status, 401);
    token = (await signIn()).json.accessToken;
    const stale = await ask('second-factor/confirm', { code: nextCode(secret) }, token);
    deepEqual(problem(stale), expected(410, 'gone'));
    await turnOn();
    deepEqual(problem(await ask('second-factor', { password }, token)), expected(400, 'invalid'));
  });
});
