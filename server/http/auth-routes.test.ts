import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import * as v from 'valibot';
import { expected, problem, type TestServer, testServer } from '../test-server.ts';
import { signedInAnswer } from './answers.ts';

const person = { email: 'Ann@Example.org', password: 'a long enough phrase', name: 'Ann' };

describe('signing in', () => {
  let server: TestServer;

  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const auth = (path: string, body: object, headers?: Record<string, string>) =>
    server.ask(`/v1/auth/${path}`, {
      body: { site: 'pk_demo', via: 'body', ...body },
      ...(headers ? { headers } : {}),
    });

  it('lets a guest in on an open site, with the answer that the description promises', async () => {
    const { status, json } = await auth('guest', { name: '  Ann  ' });
    equal(status, 200);
    equal(v.is(signedInAnswer, json as unknown), true);
    equal(json.user.name, 'Ann');
    equal(json.user.guest, true);
    const me = await server.ask('/v1/me', { token: json.accessToken });
    deepEqual(me.json, { user: json.user, groups: [] });
  });

  it('puts the refresh token into a cookie that no script can read, and not into the body', async () => {
    const { headers, json } = await auth('guest', { name: 'Ann', via: 'cookie' });
    equal(json.refreshToken, undefined);
    const cookie = headers.getSetCookie()[0] ?? '';
    match(cookie, /^jamz_main=[\w-]{43}; /);
    for (const attribute of [
      'HttpOnly',
      'Secure',
      'SameSite=None',
      'Partitioned',
      'Path=/v1/auth',
    ]) {
      equal(cookie.includes(`; ${attribute}`), true, `${attribute} in ${cookie}`);
    }
  });

  it('names the cookie after the namespace, so that two phones on one page do not share it', async () => {
    const { headers } = await auth('guest', { name: 'Ann', via: 'cookie', namespace: 'left' });
    match(headers.getSetCookie()[0] ?? '', /^jamz_left=/);
  });

  it('makes an account and signs in to it, whatever the case of the address', async () => {
    const up = await auth('sign-up', person);
    equal(up.status, 200);
    equal(up.json.user.guest, false);
    equal(up.json.user.email, 'ann@example.org');
    const signedIn = await auth('sign-in', { ...person, email: 'ANN@example.org' });
    equal(signedIn.json.user.id, up.json.user.id);
  });

  it('makes no second account for an address', async () => {
    await auth('sign-up', { ...person, email: 'twice@example.org' });
    const again = await auth('sign-up', { ...person, email: 'TWICE@example.org', name: 'Eve' });
    deepEqual(problem(again), expected(400, 'invalid'));
    const { json } = await auth('sign-in', { ...person, email: 'twice@example.org' });
    equal(json.user.name, 'Ann');
  });

  it('gives one answer to a wrong password and to an unknown address', async () => {
    await auth('sign-up', { ...person, email: 'one@example.org' });
    const wrong = await auth('sign-in', { email: 'one@example.org', password: 'wrong' });
    const unknown = await auth('sign-in', { email: 'nobody@example.org', password: 'wrong' });
    deepEqual(problem(wrong), expected(401, 'unauthenticated'));
    equal(unknown.json.detail, wrong.json.detail);
  });

  it('stops guessing at an account after ten attempts, and says when to come back', async () => {
    const guess = () => auth('sign-in', { email: 'guessed@example.org', password: 'x' });
    for (let attempt = 0; attempt < 10; attempt++) equal((await guess()).status, 401);
    const stopped = await guess();
    deepEqual(problem(stopped), expected(429, 'rate-limited'));
    equal(stopped.json.retryAfterMs > 0, true);
    equal(Number(stopped.headers.get('retry-after')) > 0, true);
  });

  it('renews by the cookie, and a new cookie comes with it', async () => {
    const first = await auth('guest', { name: 'Ann', via: 'cookie' });
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const renewed = await auth('refresh', { via: 'cookie' }, { cookie: `other=1; ${cookie}` });
    equal(renewed.status, 200);
    equal(renewed.json.user.id, first.json.user.id);
    notEqual(renewed.headers.getSetCookie()[0]?.split(';')[0], cookie);
  });

  it('gives both of two tabs that renew at once the same new token', async () => {
    const { refreshToken } = await server.guest('Ann');
    const [one, other] = await Promise.all([
      auth('refresh', { refreshToken }),
      auth('refresh', { refreshToken }),
    ]);
    equal(one.status, 200);
    equal(one.json.refreshToken, other.json.refreshToken);
  });

  it('renews nothing without a token, or with one that was made up', async () => {
    deepEqual(problem(await auth('refresh', {})), expected(401, 'unauthenticated'));
    const madeUp = await auth('refresh', { refreshToken: 'made-up' });
    deepEqual(problem(madeUp), expected(401, 'unauthenticated'));
  });

  it('ends the refresh token and the access token when somebody signs out', async () => {
    const { token, refreshToken } = await server.guest('Ann');
    equal((await auth('sign-out', { refreshToken })).status, 204);
    deepEqual(problem(await auth('refresh', { refreshToken })), expected(401, 'unauthenticated'));
    deepEqual(problem(await server.ask('/v1/me', { token })), expected(401, 'unauthenticated'));
  });

  it('takes the cookie away on sign-out, also where nobody was signed in', async () => {
    const { status, headers } = await auth('sign-out', { via: 'cookie' });
    equal(status, 204);
    match(headers.getSetCookie()[0] ?? '', /^jamz_main=; .*Expires=Thu, 01 Jan 1970/);
  });

  it('takes the site of a sign-in from the token, not from who asks', async () => {
    await server.addSite({ name: 'B', key: 'pk_other', policy: 'open', origins: ['*'] });
    const { refreshToken } = await server.guest('Ann');
    const elsewhere = await auth('refresh', { site: 'pk_other', refreshToken });
    deepEqual(problem(elsewhere), expected(401, 'unauthenticated'));
    equal((await auth('refresh', { refreshToken })).status, 200);
  });

  describe('on a site that signs its people in itself', () => {
    let secret: string;
    const sign = (claims: Record<string, unknown>, by: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1m')
        .sign(new TextEncoder().encode(by));

    before(async () => {
      const site = { name: 'C', key: 'pk_signed', policy: 'signed', origins: ['*'] } as const;
      secret = await server.addSite(site);
    });

    it('takes an identity that the site signed, and knows the person again', async () => {
      const token = await sign({ sub: '42', name: 'Ann' }, secret);
      const first = await auth('host', { site: 'pk_signed', token });
      equal(first.json.user.name, 'Ann');
      equal(first.json.user.guest, false);
      const renamed = await sign({ sub: '42', name: 'Anna' }, secret);
      const second = await auth('host', { site: 'pk_signed', token: renamed });
      deepEqual(second.json.user, { ...first.json.user, name: 'Anna' });
    });

    it('refuses one that somebody else signed', async () => {
      const token = await sign({ sub: '42', name: 'Ann' }, 'sk_not-the-secret-of-this-site-at-all');
      const answer = await auth('host', { site: 'pk_signed', token });
      deepEqual(problem(answer), expected(401, 'unauthenticated'));
    });

    it('[ID27] takes neither guests nor passwords, and asks nobody for anything that would not help', async () => {
      const site = 'pk_signed';
      for (const answer of [
        await auth('guest', { site, name: 'Ann' }),
        await auth('sign-up', { site, ...person }),
        await auth('sign-in', { site, ...person }),
      ]) {
        deepEqual(problem(answer), expected(400, 'invalid'));
      }
    });
  });

  describe('with bad input', () => {
    for (const [what, path, body, status, code] of [
      ['an unknown site', 'guest', { site: 'pk_nowhere', name: 'A' }, 404, 'not-found'],
      ['no name', 'guest', {}, 400, 'invalid'],
      ['a name of blanks', 'guest', { name: '   ' }, 400, 'invalid'],
      ['a name that never ends', 'guest', { name: 'x'.repeat(121) }, 400, 'invalid'],
      [
        'a namespace that no cookie can have',
        'guest',
        { name: 'A', namespace: 'a;b' },
        400,
        'invalid',
      ],
      ['an address that is none', 'sign-up', { ...person, email: 'ann' }, 400, 'invalid'],
      ['a short password', 'sign-up', { ...person, password: 'short' }, 400, 'invalid'],
      [
        'a password of megabytes',
        'sign-in',
        { ...person, password: 'x'.repeat(100_000) },
        413,
        'too-large',
      ],
      ['a token that is none', 'host', { token: 'x' }, 403, 'forbidden'],
    ] as const) {
      it(`answers ${code} to ${what}`, async () => {
        deepEqual(problem(await auth(path, body)), expected(status, code));
      });
    }

    it('never repeats what was sent, which may be a password', async () => {
      const { json } = await auth('sign-up', { ...person, password: 'hunter2' });
      equal(JSON.stringify(json).includes('hunter2'), false);
      match(json.detail, /password/);
    });
  });
});
