import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { memoryCounters } from '../adapters/counters/memory-counters.ts';
import { createMailbox, tokenIn } from '../mail-fixture.ts';
import {
  expected,
  problem,
  type TestAnswer,
  type TestPerson,
  type TestServer,
  testServer,
} from '../test-server.ts';
import { createRateLimits, defaultRateLimits } from './rate-limits.ts';

const hourMs = 3_600_000;
const password = 'correct horse battery';

describe('accounts over HTTP', () => {
  let server: TestServer;
  let nowMs: number;
  let made = 0;
  let email: string;
  const mailbox = createMailbox();

  before(async () => {
    nowMs = Date.now();
    const many = { times: 10_000, withinS: 60 };
    const rateLimits = createRateLimits(memoryCounters(), {
      ...defaultRateLimits,
      mail: many,
      'sign-in': many,
      'sign-up': many,
    });
    server = await testServer({
      mailer: mailbox.mailer,
      clock: { nowMs: () => nowMs },
      rateLimits,
    });
  });
  after(() => server.close());
  beforeEach(() => {
    email = `Ana-${++made}@X.example`;
  });

  const enter = (path: string, body: object): Promise<TestAnswer> =>
    server.ask(`/v1/auth/${path}`, { body: { site: 'pk_demo', via: 'body', ...body } });
  const signIn = (given = password, address = email) =>
    enter('sign-in', { email: address, password: given });
  const me = async (token: string) => (await server.ask('/v1/me', { token })).json.user;
  /** Signs up and reads the mail that comes with it. */
  async function account(): Promise<TestPerson & { readonly link: string }> {
    const { json } = await enter('sign-up', { email, password, name: 'Ana' });
    const link = tokenIn(await mailbox.next());
    const { accessToken: token, refreshToken, user } = json;
    return { userId: user.id, token, refreshToken, link };
  }
  async function resetLink(): Promise<string> {
    equal((await enter('request-reset', { email })).status, 204);
    return tokenIn(await mailbox.next());
  }
  const reset = (token: string, next = 'another long password') =>
    enter('reset', { token, password: next });

  describe('checked addresses', () => {
    it('[ID1] are unchecked at first, which keeps nobody out', async () => {
      const { userId } = await account();
      const { json } = await signIn();
      deepEqual(json.user, {
        id: userId,
        name: 'Ana',
        guest: false,
        email: email.toLowerCase(),
        emailVerified: false,
      });
    });

    it('[ID1] are checked by the link of the mail, once', async () => {
      const { token, link } = await account();
      equal((await enter('verify', { token: link })).status, 204);
      equal((await me(token)).emailVerified, true);
      equal((await signIn()).json.user.emailVerified, true);
      deepEqual(problem(await enter('verify', { token: link })), expected(410, 'gone'));
    });

    it('are asked about in a mail that names the site and leads to this server', async () => {
      await account();
      const mail = mailbox.all.at(-1);
      equal(mail?.to, email.toLowerCase());
      equal(mail?.subject, 'Confirm your e-mail address for Demo');
      equal(mail?.text.includes('Ana'), false, 'a stranger’s words do not travel in our mail');
      match(mail?.text ?? '', /\nhttp:\/\/localhost:\d+\/verify#token=[\w-]{43}\n/);
    });

    it('can be asked about again, until they are checked', async () => {
      const { token } = await account();
      const again = () => server.ask('/v1/auth/request-verification', { token, method: 'POST' });
      equal((await again()).status, 204);
      equal((await enter('verify', { token: tokenIn(await mailbox.next()) })).status, 204);
      const sent = mailbox.all.length;
      equal((await again()).status, 204);
      // The next mail of all is one that was asked for later.
      await resetLink();
      equal(mailbox.all.length, sent + 1);
    });

    it('[ID1] need the link within 24 hours', async () => {
      const { link, token } = await account();
      nowMs += 24 * hourMs;
      deepEqual(problem(await enter('verify', { token: link })), expected(410, 'gone'));
      const { json } = await signIn();
      equal(json.user.emailVerified, false);
      notEqual(token, json.accessToken);
    });

    it('are not for guests', async () => {
      const { token } = await server.guest('Bo');
      const asked = await server.ask('/v1/auth/request-verification', { token, method: 'POST' });
      deepEqual(problem(asked), expected(400, 'invalid'));
    });
  });

  describe('a forgotten password', () => {
    it('[ID2] is replaced through a mail, which ends all sign-ins', async () => {
      const { token, refreshToken } = await account();
      const drain = await server.ask('/v1/auth/drain', { token, body: {} });
      equal(drain.status, 200);
      equal((await reset(await resetLink())).status, 204);
      match((await mailbox.next()).subject, /was changed/);
      deepEqual(problem(await signIn()), expected(401, 'unauthenticated'));
      equal((await server.ask('/v1/me', { token })).status, 401);
      equal((await enter('refresh', { refreshToken })).status, 401);
      const drained = await server.ask('/v1/sync', {
        token: drain.json.drainToken,
        body: { version: 1, replicaId: 'r', push: [], pull: [] },
      });
      equal(drained.status, 401);
      equal((await signIn('another long password')).status, 200);
    });

    it('shows that the address is the person’s', async () => {
      await account();
      await reset(await resetLink());
      await mailbox.next();
      equal((await signIn('another long password')).json.user.emailVerified, true);
    });

    it('[ID2] has a link that works once, and takes the others of the person with it', async () => {
      await account();
      const [first, second] = [await resetLink(), await resetLink()];
      equal((await reset(second)).status, 204);
      await mailbox.next();
      for (const used of [first, second]) {
        deepEqual(problem(await reset(used, 'a third long password')), expected(410, 'gone'));
      }
      equal((await signIn('another long password')).status, 200);
    });

    it('[ID2] has a link that works for an hour, and for nothing else', async () => {
      const { link } = await account();
      const token = await resetLink();
      deepEqual(problem(await reset(link)), expected(410, 'gone'));
      deepEqual(problem(await enter('verify', { token })), expected(410, 'gone'));
      nowMs += hourMs;
      deepEqual(problem(await reset(token)), expected(410, 'gone'));
      equal((await signIn()).status, 200);
    });

    it('is set once when two press at the same time', async () => {
      await account();
      const token = await resetLink();
      const both = await Promise.all([reset(token, 'first password'), reset(token, 'other one')]);
      deepEqual(both.map(({ status }) => status).sort(), [204, 410]);
      await mailbox.next();
    });

    it('[ID3] gets the same answer for an address without an account, and no mail', async () => {
      await account();
      const sent = mailbox.all.length;
      const unknown = await enter('request-reset', { email: 'nobody@x.example' });
      const known = await enter('request-reset', { email });
      deepEqual(
        [unknown.status, unknown.json, unknown.headers.get('content-length')],
        [known.status, known.json, known.headers.get('content-length')],
      );
      await mailbox.next();
      deepEqual(
        mailbox.all.slice(sent).map(({ to }) => to),
        [email.toLowerCase()],
      );
    });

    it('is limited by the address it is asked for, whether that has an account or not', async () => {
      for (const address of [email, 'stranger@x.example']) {
        const statuses: number[] = [];
        for (let asked = 0; asked < 6; asked++) {
          statuses.push((await enter('request-reset', { email: address })).status);
        }
        deepEqual(statuses, [204, 204, 204, 204, 204, 429], address);
      }
    });

    it('is nothing that a site with identities of its own has', async () => {
      await server.addSite({ name: 'S', key: `pk_s${made}`, policy: 'signed', origins: ['*'] });
      const asked = await server.ask('/v1/auth/request-reset', {
        body: { site: `pk_s${made}`, email },
      });
      deepEqual(problem(asked), expected(400, 'invalid'));
    });
  });

  describe('bad input', () => {
    for (const [path, body] of [
      ['verify', {}],
      ['verify', { token: '' }],
      ['verify', { token: 'x'.repeat(101) }],
      ['verify', { token: '../../etc/passwd0000000' }],
      ['verify', { token: { $ne: null } }],
      ['reset', { token: 'a'.repeat(43) }],
      ['reset', { token: 'a'.repeat(43), password: 'short' }],
      ['reset', { token: 'a'.repeat(43), password: 'x'.repeat(257) }],
      ['request-reset', { email: 'nobody' }],
      ['request-reset', { email: 'a@x.example\r\nBcc: b@x.example' }],
      ['request-reset', {}],
    ] as const) {
      it(`${path} refuses ${JSON.stringify(body).slice(0, 60)}`, async () => {
        deepEqual(problem(await enter(path, body)), expected(400, 'invalid'));
      });
    }

    it('a token that nobody gave out is gone', async () => {
      const token = 'a'.repeat(43);
      deepEqual(problem(await enter('verify', { token })), expected(410, 'gone'));
      deepEqual(problem(await reset(token)), expected(410, 'gone'));
    });
  });
});
