import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createMailbox, tokenIn } from '../mail-fixture.ts';
import { type TestServer, testServer } from '../test-server.ts';

const password = 'correct horse battery';

describe('the pages that mails lead to', () => {
  let server: TestServer;
  let made = 0;
  const mailbox = createMailbox();
  before(async () => {
    server = await testServer({ mailer: mailbox.mailer });
  });
  after(() => server.close());

  const send = (path: string, fields: Record<string, string>): Promise<Response> =>
    fetch(server.base + path, { method: 'POST', body: new URLSearchParams(fields) });
  async function account(): Promise<{ email: string; link: string }> {
    const email = `ana-${++made}@x.example`;
    const body = { site: 'pk_demo', via: 'body', email, password, name: 'Ana' };
    await server.ask('/v1/auth/sign-up', { body });
    return { email, link: tokenIn(await mailbox.next()) };
  }
  const signIn = (email: string, given: string) =>
    server.ask('/v1/auth/sign-in', {
      body: { site: 'pk_demo', via: 'body', email, password: given },
    });

  for (const path of ['/verify', '/reset']) {
    it(`${path} runs nothing but a script and a style of its own, in no frame, and is not kept`, async () => {
      const response = await fetch(server.base + path);
      equal(response.status, 200);
      const policy = response.headers.get('content-security-policy') ?? '';
      match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
      match(policy, /frame-ancestors 'none'/);
      doesNotMatch(policy, /unsafe/);
      equal(response.headers.get('cache-control'), 'no-store');
      equal(response.headers.get('referrer-policy'), 'no-referrer');
      const html = await response.text();
      doesNotMatch(html, /<style|style=|<script>| on\w+=|https?:\/\//);
      match(html, /<meta name="viewport" content="width=device-width/);
    });
  }

  for (const [path, type] of [
    ['/account.css', 'text/css; charset=utf-8'],
    ['/account.js', 'text/javascript; charset=utf-8'],
  ]) {
    it(`serves ${path}`, async () => {
      const response = await fetch(server.base + path);
      equal(response.headers.get('content-type'), type);
      equal((await response.text()).length > 100, true);
    });
  }

  it('confirm an address when the button is pressed, and not when a program looks at the link', async () => {
    const { email, link } = await account();
    await fetch(`${server.base}/verify?token=${link}`);
    equal((await signIn(email, password)).json.user.emailVerified, false);
    const done = await send('/verify', { token: link });
    equal(done.status, 200);
    match(await done.text(), /Your address is confirmed/);
    equal((await signIn(email, password)).json.user.emailVerified, true);
    const again = await send('/verify', { token: link });
    equal(again.status, 410);
    const html = await again.text();
    match(html, /role="alert">This link has expired or was used already/);
    doesNotMatch(html, /<form/);
  });

  it('mask a password, and take what a password manager puts in', async () => {
    const html = await (await fetch(`${server.base}/reset`)).text();
    match(html, /<input name="password" type="password"[^>]* autocomplete="new-password">/);
    const script = await (await fetch(`${server.base}/account.js`)).text();
    equal(/paste|oninput|keydown/.test(html + script), false);
  });

  it('change a password', async () => {
    const { email } = await account();
    await server.ask('/v1/auth/request-reset', { body: { site: 'pk_demo', email } });
    const token = tokenIn(await mailbox.next());
    const short = await send('/reset', { token, password: 'short' });
    equal(short.status, 400);
    const html = await short.text();
    match(html, /A password has 8 to 256 characters/);
    // The link is not spent, and the form has it still.
    equal(html.includes(`value="${token}"`), true);
    equal((await send('/reset', { token, password: 'another long one' })).status, 200);
    await mailbox.next();
    equal((await signIn(email, password)).status, 401);
    equal((await signIn(email, 'another long one')).status, 200);
  });

  it('show nothing that was sent as markup', async () => {
    const html = await (await send('/reset', { token: '"><img src=x onerror=1>' })).text();
    doesNotMatch(html, /<img/);
  });

  it('answer what they cannot read, and what is too large, with a page', async () => {
    const answers = await Promise.all([
      send('/verify', {}),
      send('/verify', { token: 'x' }),
      send('/verify', { token: 'x'.repeat(10_000) }),
      fetch(`${server.base}/verify`, { method: 'POST', body: '{}' }),
    ]);
    deepEqual(
      answers.map(({ status, headers }) => [status, headers.get('content-type')]),
      answers.map(() => [400, 'text/html; charset=utf-8']),
    );
  });
});
