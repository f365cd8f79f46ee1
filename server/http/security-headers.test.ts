import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import { type TestServer, testServer } from '../test-server.ts';
import { securityHeaders } from './security-headers.ts';

describe('every answer of the server', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const paths = [
    ...['/', '/sites', '/sites/pk_none', '/sites.css', '/sites.js', '/verify', '/reset'],
    ...['/nowhere', '/cdn/nothing.js', '/healthz', '/readyz', '/openapi.json'],
    ...['/v1/me', '/v1/sites/pk_demo', '/v1/nowhere', '/v1/files/none/audio'],
  ];
  for (const path of paths) {
    it(`keeps browsers from guessing, framing and running what it has not: ${path}`, async () => {
      const { headers } = await fetch(`${server.base}${path}`);
      equal(headers.get('x-content-type-options'), 'nosniff');
      const policy = headers.get('content-security-policy') ?? '';
      match(policy, /frame-ancestors '(?:self|none)'|sandbox/);
      match(policy, /default-src '(?:self|none)'/);
      ok(!/unsafe|\*/.test(policy), policy);
      ok(headers.get('referrer-policy'));
      ok(headers.get('content-type'), 'no type');
      deepEqual([headers.get('x-powered-by'), headers.get('server')], [null, null]);
    });
  }

  it('of a method that nobody needs is a refusal', async () => {
    for (const method of ['PROPFIND', 'SEARCH', 'UNLINK']) {
      const { status } = await fetch(`${server.base}/v1/me`, { method });
      ok(status === 404 || status === 405, `${method} ${status}`);
    }
  });
});

describe('the word to insist on https', () => {
  const headerOf = async (https: boolean): Promise<string | null> => {
    const app = express()
      .use(securityHeaders(https))
      .get('/', (_req, res) => void res.send('x'));
    const server: Server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { headers } = await fetch(`http://127.0.0.1:${port}/`);
    server.closeAllConnections();
    server.close();
    return headers.get('strict-transport-security');
  };

  it('is said for a year where browsers reach the server by https, and nowhere else', async () => {
    const said = (await headerOf(true)) ?? '';
    ok(Number(/max-age=(\d+)/.exec(said)?.[1]) >= 31_536_000, said);
    equal(await headerOf(false), null);
  });
});
