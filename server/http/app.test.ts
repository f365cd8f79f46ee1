import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import { accessTable } from '../access/table.ts';
import { expected, problem, type TestServer, testServer } from '../test-server.ts';
import { registerRoutes } from './register.ts';
import { route } from './route.ts';
import { isHashed } from './static-pages.ts';

/** `fetch` sets the Host header itself. */
async function getAs(host: string, base: string): Promise<IncomingMessage> {
  const [response] = await once(get(base, { headers: { host } }), 'response');
  response.resume();
  return response;
}

describe('the HTTP side of the server', () => {
  let server: TestServer;
  let distDir: string;

  before(async () => {
    distDir = mkdtempSync(join(tmpdir(), 'jamz-dist-'));
    server = await testServer({ distDir });
  });
  after(async () => {
    await server.close();
    rmSync(distDir, { recursive: true });
  });

  it('says that it lives and that its store answers', async () => {
    for (const [path, answer] of [
      ['/healthz', { status: 'ok' }],
      ['/readyz', { status: 'ok', bus: 'ok' }],
    ] as const) {
      const { status, json } = await server.ask(path);
      deepEqual([status, json as unknown], [200, answer]);
    }
  });

  it('describes every route of the access table, with what it takes', async () => {
    const { json } = await server.ask('/openapi.json');
    for (const { name } of accessTable) {
      const [method = '', path = ''] = name.split(' ');
      if (!path.startsWith('/v1/')) continue;
      const operation = json.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      equal(typeof operation?.summary, 'string', name);
    }
    match(
      JSON.stringify(json.paths['/v1/auth/sign-up']),
      /"password":\{"type":"string","minLength":8/,
    );
  });

  it('does not start with a route that has no row in the access table', () => {
    const stray = route({ method: 'GET', path: '/v1/stray', summary: '', run: async () => null });
    const deps = { identify: () => Promise.reject(), groupInQuestion: async () => undefined };
    throws(() => registerRoutes(express(), [stray], deps), /"GET \/v1\/stray" has no row/);
  });

  it('gives every answer an id and keeps it out of caches', async () => {
    const { headers } = await server.ask('/v1/sites/pk_demo');
    match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    equal(headers.get('cache-control'), 'no-store');
  });

  describe('towards pages of other sites', () => {
    const origin = 'https://host.example';

    before(() => server.addSite({ name: 'H', key: 'pk_host', policy: 'open', origins: [origin] }));

    it('answers a preflight with the headers that the SDK sends', async () => {
      const { status, headers } = await server.ask('/v1/sync', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      equal(status, 204);
      equal(headers.get('access-control-allow-origin'), origin);
      equal(headers.get('access-control-allow-credentials'), 'true');
      match(headers.get('access-control-allow-headers') ?? '', /authorization.*content-type/);
    });

    it('lets a page of the site in, and its answers be read across origins', async () => {
      const { status, headers } = await server.ask('/v1/sites/pk_host', { headers: { origin } });
      equal(status, 200);
      equal(headers.get('access-control-allow-origin'), origin);
      equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      match(headers.get('vary') ?? '', /origin/i);
    });

    it('tells a page that the site does not list what is wrong, readably, and signs nobody in', async () => {
      const answer = await server.ask('/v1/auth/guest', {
        body: { site: 'pk_host', name: 'Eve', via: 'body' },
        headers: { origin: 'https://elsewhere.example' },
      });
      deepEqual(problem(answer), expected(403, 'origin-not-allowed'));
      match(answer.json.detail, /https:\/\/elsewhere\.example/);
      equal(answer.headers.get('access-control-allow-origin'), 'https://elsewhere.example');
      equal(answer.json.accessToken, undefined);
    });

    it('takes a token from pages of its own site only', async () => {
      const { token } = await server.guest('Ann', 'pk_host');
      const there = await server.ask('/v1/me', { token, headers: { origin } });
      equal(there.status, 200);
      const elsewhere = await server.ask('/v1/me', {
        token,
        headers: { origin: 'https://elsewhere.example' },
      });
      deepEqual(problem(elsewhere), expected(403, 'origin-not-allowed'));
    });

    it('lets its own pages use every site', async () => {
      const headers = { origin: server.base };
      equal((await server.ask('/v1/sites/pk_host', { headers })).status, 200);
    });
  });

  describe('with bad input', () => {
    const guest = { site: 'pk_demo', name: 'Ann', via: 'body' };

    it('answers not-found to an address that leads nowhere', async () => {
      deepEqual(problem(await server.ask('/v1/nothing')), expected(404, 'not-found'));
      deepEqual(problem(await server.ask('/nothing')), expected(404, 'not-found'));
    });

    it('answers a wrong method with the right ones', async () => {
      const answer = await server.ask('/v1/groups/join', { method: 'DELETE' });
      deepEqual(problem(answer), expected(405, 'invalid'));
      equal(answer.headers.get('allow'), 'POST, OPTIONS');
    });

    it('answers invalid to JSON that is broken off', async () => {
      const answer = await server.ask('/v1/auth/guest', { body: '{"site":"pk_demo",' });
      deepEqual(problem(answer), expected(400, 'invalid'));
      match(answer.json.detail, /not JSON/);
    });

    it('answers too-large to a body above the limit', async () => {
      const body = { ...guest, padding: 'x'.repeat(70_000) };
      deepEqual(problem(await server.ask('/v1/auth/guest', { body })), expected(413, 'too-large'));
    });

    it('answers invalid to a body that is not sent as JSON, and says how to', async () => {
      const answer = await server.ask('/v1/auth/guest', {
        body: guest,
        headers: { 'content-type': 'text/plain' },
      });
      deepEqual(problem(answer), expected(400, 'invalid'));
      match(answer.json.detail, /application\/json/);
    });

    it('answers unsupported-type to a charset that it cannot read', async () => {
      const answer = await server.ask('/v1/auth/guest', {
        body: guest,
        headers: { 'content-type': 'application/json; charset=klingon' },
      });
      deepEqual(problem(answer), expected(415, 'unsupported-type'));
    });

    it('answers invalid to an address whose escapes are broken', async () => {
      deepEqual(problem(await server.ask('/v1/sites/%E0%A4%A')), expected(400, 'invalid'));
    });

    for (const [what, authorization] of [
      ['no token', undefined],
      ['another scheme', 'Basic YTpi'],
      ['a token that is none', 'Bearer nonsense'],
      ['an unsigned token', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'],
    ] as const) {
      it(`answers unauthenticated to ${what}`, async () => {
        const answer = await server.ask('/v1/me', {
          headers: authorization === undefined ? {} : { authorization },
        });
        deepEqual(problem(answer), expected(401, 'unauthenticated'));
        equal(answer.headers.get('www-authenticate'), 'Bearer');
      });
    }

    it('lives on after all of it', async () => {
      equal((await server.ask('/healthz')).status, 200);
    });
  });

  describe('its pages', () => {
    it('say what to do while they are not built', async () => {
      const response = await fetch(server.base);
      equal(response.status, 503);
      match(await response.text(), /npm run build/);
    });

    it('run under a policy without inline scripts or styles', async () => {
      const policy = (await fetch(server.base)).headers.get('content-security-policy') ?? '';
      match(policy, /script-src 'self';/);
      match(policy, /style-src 'self';/);
      equal(policy.includes('unsafe'), false);
    });

    it('play tracks from anywhere, and nothing else comes from elsewhere', async () => {
      const policy = (await fetch(server.base)).headers.get('content-security-policy') ?? '';
      const sources = new Map(
        policy
          .split(';')
          .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
      );
      deepEqual(sources.get('media-src'), ["'self'", 'blob:', 'https:', 'http:']);
      deepEqual(sources.get('connect-src'), ["'self'", 'ws:', 'wss:', 'blob:', 'https:', 'http:']);
      deepEqual(sources.get('img-src'), ["'self'", 'data:', 'blob:', 'https:']);
      const elsewhere = [...sources].filter(([, list]) => list.includes('https:'));
      deepEqual(elsewhere.map(([name]) => name).sort(), ['connect-src', 'img-src', 'media-src']);
    });

    it('play no track of a plain http server where they are reached from outside', async () => {
      const { headers } = await getAs('phones.example', server.base);
      const policy = String(headers['content-security-policy']);
      match(policy, /media-src 'self' blob: https:;/);
      equal(policy.includes('http:'), false);
    });

    it('are served once they are built, and the elements to every site', async () => {
      mkdirSync(join(distDir, 'playground'));
      mkdirSync(join(distDir, 'cdn'));
      writeFileSync(join(distDir, 'playground', 'index.html'), '<title>Two phones</title>');
      writeFileSync(join(distDir, 'cdn', 'player-B3xq_9aZ.js'), 'export {}');
      match(await (await fetch(`${server.base}/?join=abc`)).text(), /Two phones/);
      const { headers } = await fetch(`${server.base}/cdn/player-B3xq_9aZ.js`);
      equal(headers.get('access-control-allow-origin'), '*');
      equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      match(headers.get('cache-control') ?? '', /immutable/);
    });

    it('cannot be climbed out of', async () => {
      const response = await fetch(`${server.base}/cdn/..%2f..%2fpackage.json`);
      equal(response.status >= 400, true);
    });

    it('tell names with a hash from plain ones', () => {
      deepEqual(
        ['a-B3xq_9aZ.js', 'jamz-playlist.js', 'jamz.js', 'chunk-12345678.js.map'].map(isHashed),
        [true, false, false, true],
      );
    });
  });
});
