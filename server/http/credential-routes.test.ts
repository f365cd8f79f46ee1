import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { memoryCounters } from '../adapters/counters/memory-counters.ts';
import { createMailbox, tokenIn } from '../mail-fixture.ts';
import { expected, problem, type TestAnswer, type TestServer, testServer } from '../test-server.ts';
import { createRateLimits, defaultRateLimits } from './rate-limits.ts';

const password = 'correct horse battery';
const newPassword = 'another long password';
const many = { times: 10_000, withinS: 60 };

describe('how a person signs in, changed while signed in', () => {
  let server: TestServer;
  let made = 0;
  let email: string;
  const mailbox = createMailbox();

  before(async () => {
    const limits = { ...defaultRateLimits, mail: many, 'sign-in': many, 'sign-up': many };
    server = await testServer({
      mailer: mailbox.mailer,
      rateLimits: createRateLimits(memoryCounters(), limits),
    });
  });
  after(() => server.close());
  beforeEach(() => {
    email = `ana-${++made}@x.example`;
  });

  const enter = (path: string, body: object, token?: string): Promise<TestAnswer> =>
    server.ask(`/v1/auth/${path}`, {
      body: { site: 'pk_demo', via: 'body', ...body },
      ...(token === undefined ? {} : { token }),
    });
  const signIn = (given: string, address = email) =>
    enter('sign-in', { email: address, password: given });
  const me = async (token: string) => (await server.ask('/v1/me', { token })).json.user;
  async function account(): Promise<{ token: string; userId: string }> {
    const { json } = await enter('sign-up', { email, password, name: 'Ana' });
    await mailbox.next();
    return { token: json.accessToken, userId: json.user.id };
  }
  async function changeTo(address: string, token: string): Promise<string> {
    equal((await enter('email', { password, email: address }, token)).status, 204);
    const mails = [await mailbox.next(), await mailbox.next()];
    deepEqual(mails.map(({ to }) => to).sort(), [address.toLowerCase(), email].sort());
    const link = mails.find(({ to }) => to === address.toLowerCase());
    match(mails.find(({ to }) => to === email)?.text ?? '', /ask for a new password at once/);
    return tokenIn(link ?? { to: '', subject: '', text: '', html: '' });
  }

  describe('the password', () => {
    it('[ID16] is changed by who knows the one there is', async () => {
      const { token } = await account();
      equal((await enter('password', { password, newPassword }, token)).status, 204);
      deepEqual(problem(await signIn(password)), expected(401, 'unauthenticated'));
      equal((await signIn(newPassword)).status, 200);
      await mailbox.next();
    });

    it('[ID16] takes all other sign-ins along, and leaves the one that asks', async () => {
      const { token } = await account();
      const other = (await signIn(password)).json.accessToken;
      equal((await enter('password', { password, newPassword }, token)).status, 204);
      equal((await server.ask('/v1/me', { token: other })).status, 401);
      equal((await server.ask('/v1/me', { token })).status, 200);
      await mailbox.next();
    });

    it('[ID16] is told by mail, to the address of the account', async () => {
      const { token } = await account();
      await enter('password', { password, newPassword }, token);
      const { to, subject, text } = await mailbox.next();
      deepEqual([to, subject], [email, 'Your password for Demo was changed']);
      match(text, /signed out everywhere else/);
    });

    it('[ID16] stays as it is for who has a token and does not know it', async () => {
      const { token } = await account();
      const tried = await enter('password', { password: 'a guess', newPassword }, token);
      deepEqual(problem(tried), expected(403, 'forbidden'));
      equal((await signIn(password)).status, 200);
      const kinds = (await server.audit('pk_demo')).map(({ kind }) => kind);
      equal(kinds.includes('sign-in-failed'), true);
    });

    it('is guessed ten times by a token and no more', async () => {
      const { token } = await account();
      const statuses: number[] = [];
      for (let tries = 0; tries < 11; tries++) {
        const path = tries % 2 === 0 ? 'password' : 'email';
        const body = { password: `guess ${tries}`, newPassword, email: 'new@x.example' };
        statuses.push((await enter(path, body, token)).status);
      }
      deepEqual(statuses, [...Array.from({ length: 10 }, () => 403), 429]);
    });

    it('[ID15] is none that is easily guessed', async () => {
      const { token } = await account();
      const tried = await enter('password', { password, newPassword: email }, token);
      deepEqual(problem(tried), expected(400, 'invalid'));
      equal((await signIn(password)).status, 200);
    });

    it('is nothing that a guest has', async () => {
      const { token } = await server.guest('Bo');
      const tried = await enter('password', { password, newPassword }, token);
      deepEqual(problem(tried), expected(400, 'invalid'));
    });
  });

  describe('the address', () => {
    it('[ID17] is another one once the link in its mail is pressed, and checked with that', async () => {
      const { token, userId } = await account();
      const fresh = `New-${made}@x.example`;
      const link = await changeTo(fresh, token);
      equal((await me(token)).email, email);
      equal((await enter('verify', { token: link })).status, 204);
      deepEqual(
        [(await me(token)).email, (await me(token)).emailVerified],
        [fresh.toLowerCase(), true],
      );
      deepEqual(problem(await signIn(password)), expected(401, 'unauthenticated'));
      equal((await signIn(password, fresh)).json.user.id, userId);
      const { to, subject } = await mailbox.next();
      deepEqual([to, subject], [email, 'Your e-mail address for Demo was changed']);
      deepEqual(problem(await enter('verify', { token: link })), expected(410, 'gone'));
    });

    it('[ID17] is asked for with the password', async () => {
      const { token } = await account();
      const tried = await enter('email', { password: 'a guess', email: 'thief@x.example' }, token);
      deepEqual(problem(tried), expected(403, 'forbidden'));
      const asked = await enter('email', { email: 'thief@x.example' }, token);
      deepEqual(problem(asked), expected(400, 'invalid'));
    });

    it('[ID17] stays as it is once the password was replaced, whatever a thief asked for', async () => {
      const { token } = await account();
      const thiefs = await changeTo(`thief-${made}@x.example`, token);
      await enter('request-reset', { email });
      const link = tokenIn(await mailbox.next());
      equal((await enter('reset', { token: link, password: newPassword })).status, 204);
      await mailbox.next();
      deepEqual(problem(await enter('verify', { token: thiefs })), expected(410, 'gone'));
      equal((await signIn(newPassword)).json.user.email, email);
    });

    it('[ID17] leads no more to the account by links that went to the one before', async () => {
      const { token } = await account();
      await enter('request-reset', { email });
      const old = tokenIn(await mailbox.next());
      await enter('verify', { token: await changeTo(`moved-${made}@x.example`, token) });
      await mailbox.next();
      const tried = await enter('reset', { token: old, password: newPassword });
      deepEqual(problem(tried), expected(410, 'gone'));
    });

    it('is the newest that was asked for', async () => {
      const { token } = await account();
      const first = await changeTo(`one-${made}@x.example`, token);
      const second = await changeTo(`two-${made}@x.example`, token);
      notEqual(first, second);
      deepEqual(problem(await enter('verify', { token: first })), expected(410, 'gone'));
      equal((await enter('verify', { token: second })).status, 204);
      await mailbox.next();
      equal((await me(token)).email, `two-${made}@x.example`);
    });

    it('is none that has an account, also where that came between', async () => {
      const { token } = await account();
      const taken = `taken-${made}@x.example`;
      const link = await changeTo(taken, token);
      await enter('sign-up', { email: taken, password, name: 'Bo' });
      await mailbox.next();
      deepEqual(problem(await enter('verify', { token: link })), expected(410, 'gone'));
      for (const address of [taken, email]) {
        const tried = await enter('email', { password, email: address }, token);
        deepEqual(problem(tried), expected(400, 'invalid'));
      }
      equal((await me(token)).email, email);
    });
  });
});
