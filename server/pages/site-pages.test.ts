import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codeOf, stepMs } from '../accounts/totp.ts';
import { bytesOf } from '../accounts/totp-fixture.ts';
import { createMailbox, tokenIn } from '../mail-fixture.ts';
import { type TestServer, testServer } from '../test-server.ts';

const password = 'correct horse battery';

interface Shown {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** A browser as these pages need one: it keeps cookies, says where forms come from, and follows a redirect. */
function browser(base: string) {
  const cookies = new Map<string, string>();
  async function load(path: string, init: RequestInit = {}): Promise<Shown> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, cookie };
    const response = await fetch(base + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await response.text();
    const location = response.headers.get('location');
    if (response.status === 303 && location !== null) return load(location);
    return { status: response.status, text, headers: response.headers };
  }
  return {
    cookies,
    load,
    send: (path: string, fields: Record<string, string>, origin: string = base) =>
      load(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin } }),
  };
}

const onceIn = ({ text }: Shown): string => /name="once" value="([\w-]+)"/.exec(text)?.[1] ?? '';
const secretIn = ({ text }: Shown): string => /sk_[\w-]{43}/.exec(text)?.[0] ?? '';
const keyIn = ({ text }: Shown): string => /pk_[a-z0-9]{20}/.exec(text)?.[0] ?? '';

describe('the pages where people register their sites', () => {
  let server: TestServer;
  const mailbox = createMailbox();
  let made = 0;
  before(async () => {
    server = await testServer({ mailer: mailbox.mailer, env: { SELF_SERVICE: 'on' } });
  });
  after(() => server.close());

  const account = async () => {
    const visitor = browser(server.base);
    const email = `ana-${++made}@x.example`;
    const page = await visitor.send('/sites/sign-up', { name: 'Ana', email, password });
    const confirm = async () => {
      const mine = () => mailbox.all.find(({ to }) => to === email);
      for (let mail = mine(); ; mail = mine()) {
        if (mail) return server.ask('/v1/auth/verify', { body: { token: tokenIn(mail) } });
        await mailbox.next();
      }
    };
    return { ...visitor, email, page, confirm };
  };
  const fields = {
    name: 'Rides',
    origins: 'https://rides.example\nhttp://localhost:3000',
    policy: 'open',
  };

  it('run nothing but a script and a style of their own, in no frame, and are not kept', async () => {
    const { headers, text, status } = await browser(server.base).load('/sites');
    equal(status, 200);
    const policy = headers.get('content-security-policy') ?? '';
    match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    match(policy, /frame-ancestors 'none'/);
    doesNotMatch(policy, /unsafe/);
    deepEqual(
      [headers.get('cache-control'), headers.get('referrer-policy')],
      ['no-store', 'same-origin'],
    );
    doesNotMatch(text, /<style|style=|<script>| on\w+=/);
    for (const path of ['/sites.css', '/sites.js']) {
      equal((await browser(server.base).load(path)).status, 200);
    }
  });

  it('[SI8] lead from signing up to a site whose secret is shown once, with which its backend comes in', async () => {
    const { send, load, page } = await account();
    match(page.text, /Your first site/);
    const once = onceIn(page);
    const shown = await send('/sites/new', { ...fields, once });
    equal(shown.status, 200);
    const [secret, key] = [secretIn(shown), keyIn(shown)];
    match(shown.text, /jamz-group server=&#34;http/);
    equal((await server.ask(`/v1/sites/${key}/usage`, { token: secret })).status, 200);
    // The form that is sent again, as by reloading its page, makes no second site and shows no secret.
    const again = await send('/sites/new', { ...fields, once });
    deepEqual([again.status, secretIn(again), keyIn(again)], [200, '', key]);
    const list = await load('/sites');
    equal(list.text.match(/href="\/sites\/pk_/g)?.length, 1);
    equal(secretIn(await load(`/sites/${key}`)), '');
    match((await load(`/sites/${key}`)).text, /0 of 200/);
    const guest = { site: key, name: 'G', via: 'body' };
    const headers = { origin: 'https://rides.example' };
    equal((await server.ask('/v1/auth/guest', { body: guest, headers })).status, 200);
  });

  it('[SI8] change name, origins and policy, and make a new secret beside the old one', async () => {
    const { send, page } = await account();
    const shown = await send('/sites/new', { ...fields, once: onceIn(page) });
    const [first, key] = [secretIn(shown), keyIn(shown)];
    const changed = { name: 'Boats', origins: 'https://boats.example', policy: 'invite' };
    const saved = await send(`/sites/${key}/settings`, changed);
    match(saved.text, /Saved/);
    match(saved.text, /<h1>Boats/);
    const { json } = await server.ask(`/v1/sites/${key}`, {
      headers: { origin: 'https://boats.example' },
    });
    equal(json.name, 'Boats');
    const rotated = await send(`/sites/${key}/secret`, { once: onceIn(saved), when: 'day' });
    const second = secretIn(rotated);
    for (const token of [first, second]) {
      equal((await server.ask(`/v1/sites/${key}/usage`, { token })).status, 200);
    }
    match(rotated.text, /works until/);
    const leaked = await send(`/sites/${key}/secret`, { once: onceIn(rotated), when: 'now' });
    equal((await server.ask(`/v1/sites/${key}/usage`, { token: second })).status, 401);
    equal((await server.ask(`/v1/sites/${key}/usage`, { token: secretIn(leaked) })).status, 200);
    const kinds = (await server.audit(key)).map(({ kind }) => kind);
    equal(kinds.filter((kind) => kind === 'site-secret-rotated').length, 2);
  });

  it('[SI8] show nobody another’s site, and let nobody change it', async () => {
    const owner = await account();
    const key = keyIn(await owner.send('/sites/new', { ...fields, once: onceIn(owner.page) }));
    const eve = await account();
    const tries = [
      await eve.load(`/sites/${key}`),
      await eve.load('/sites/pk_demo'),
      await eve.send(`/sites/${key}/settings`, { ...fields, name: 'Mine' }),
      await eve.send(`/sites/${key}/secret`, { once: onceIn(eve.page), when: 'now' }),
    ];
    for (const { status, text } of tries) {
      equal(status, 404);
      doesNotMatch(text, /rides\.example|sk_/);
    }
    for (const { status } of [
      await browser(server.base).load(`/sites/${key}`),
      await browser(server.base).send(`/sites/${key}/settings`, fields),
    ]) {
      equal(status, 401);
    }
    match((await owner.load(`/sites/${key}`)).text, /<h1>Rides/);
    // Somebody who is signed in on another site is nobody here.
    const { token } = await server.guest('Guest');
    const stranger = browser(server.base);
    stranger.cookies.set('jamz_sites', token);
    match((await stranger.load('/sites')).text, /Welcome back/);
  });

  it('[SI8] take no form of another site’s page', async () => {
    const { send, page, load } = await account();
    for (const origin of ['https://evil.example', 'null']) {
      const answer = await send('/sites/new', { ...fields, once: onceIn(page) }, origin);
      equal(answer.status, 403);
    }
    match((await load('/sites')).text, /Your first site/);
  });

  it('[SI8] allow one site before the address is confirmed, and more after', async () => {
    const { send, load, page, confirm } = await account();
    equal((await send('/sites/new', { ...fields, once: onceIn(page) })).status, 200);
    const refused = await send('/sites/new', { ...fields, once: onceIn(await load('/sites')) });
    deepEqual([refused.status, secretIn(refused)], [403, '']);
    match(refused.text, /role="alert">Confirm your address/);
    await confirm();
    equal(
      (await send('/sites/new', { ...fields, once: onceIn(await load('/sites')) })).status,
      200,
    );
  });

  it('say what is wrong with a form and give back what was typed, but no password', async () => {
    const { send, page } = await account();
    const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ origins: 'rides.example' }, /origin on a line/],
      [{ name: '  ' }, /Give the site a name/],
      [{ policy: 'closed' }, /who comes in/],
      [{ once: '' }, /Load the page again/],
    ];
    for (const [change, message] of wrong) {
      const answer = await send('/sites/new', { ...fields, once: onceIn(page), ...change });
      equal(answer.status, 400);
      match(answer.text, message);
    }
    const answer = await send('/sites/new', {
      ...fields,
      name: '"><img src=x onerror=1>',
      origins: 'x',
    });
    doesNotMatch(answer.text, /<img/);
    match(answer.text, /value="&#34;&#62;&#60;img/);
    const visitor = browser(server.base);
    const short = await visitor.send('/sites/sign-up', {
      name: 'B',
      email: 'b@x.example',
      password: 'short',
    });
    equal(short.status, 400);
    match(short.text, /value="b@x.example"/);
    doesNotMatch(short.text, /value="short"/);
    for (const body of ['x'.repeat(20_000), '']) {
      const unread = await fetch(`${server.base}/sites/sign-in`, {
        method: 'POST',
        body,
        headers: { origin: server.base, 'content-type': 'application/x-www-form-urlencoded' },
      });
      deepEqual(
        [unread.status, unread.headers.get('content-type')],
        [400, 'text/html; charset=utf-8'],
      );
    }
  });

  it('[ID24] ask for a code where the account has a second factor, and let its owner in with one', async () => {
    const { email, ...visitor } = await account();
    const signedIn = { site: 'pk_console', via: 'body', email, password };
    const { json } = await server.ask('/v1/auth/sign-in', { body: signedIn });
    const ask = <Json>(path: string, body: object) =>
      server.ask<Json>(`/v1/auth/second-factor${path}`, { token: json.accessToken, body });
    const { secret } = (await ask<{ secret: string }>('', { password })).json;
    const code = codeOf(bytesOf(secret), Math.floor(Date.now() / stepMs));
    const on = await ask<{ recoveryCodes: string[] }>('/confirm', { code });
    await visitor.send('/sites/sign-out', {});

    const asked = await visitor.send('/sites/sign-in', { email, password });
    deepEqual([asked.status, /name="code"/.test(asked.text)], [403, true]);
    const wrong = await visitor.send('/sites/sign-in', { email, password, code: '000000' });
    deepEqual([wrong.status, /name="code"/.test(wrong.text)], [401, true]);
    const [recovery = ''] = on.json.recoveryCodes;
    const entered = await visitor.send('/sites/sign-in', { email, password, code: recovery });
    match(entered.text, /Your sites/);
  });

  it('let people sign in again, out, and back in by a renewed sign-in', async () => {
    const { email, load, send, cookies } = await account();
    const refresh = cookies.get('jamz_sites_refresh');
    cookies.delete('jamz_sites');
    match((await load('/sites')).text, /Your sites/);
    equal(cookies.get('jamz_sites_refresh') === refresh, false);
    match((await send('/sites/sign-out', {})).text, /Welcome back/);
    const visitor = browser(server.base);
    equal((await visitor.send('/sites/sign-in', { email, password: 'wrong one' })).status, 401);
    match((await visitor.send('/sites/sign-in', { email, password })).text, /Your sites/);
    match((await visitor.send('/sites/forgot', { email })).text, /mail with a link/);
  });

  it('slow down who guesses', async () => {
    const { email } = await account();
    const visitor = browser(server.base);
    const statuses = [];
    for (let count = 0; count < 12; count++) {
      statuses.push((await visitor.send('/sites/sign-in', { email, password: 'guess' })).status);
    }
    equal(statuses.at(0), 401);
    const last = await visitor.send('/sites/sign-in', { email, password });
    deepEqual([last.status, last.headers.has('retry-after')], [429, true]);
  });

  it('[SI8] are not there unless the operator wants them', async () => {
    const closed = await testServer({ env: { SELF_SERVICE: 'off' } });
    equal((await fetch(`${closed.base}/sites`)).status, 404);
    const body = { site: 'pk_console', name: 'Ana', email: 'a@x.example', password, via: 'body' };
    equal((await closed.ask('/v1/auth/sign-up', { body })).status, 404);
    await closed.close();
  });
});
