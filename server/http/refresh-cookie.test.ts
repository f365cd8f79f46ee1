import { equal, match } from 'node:assert/strict';
import { once } from 'node:events';
import { request, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import { clearRefreshCookie, refreshTokenIn, setRefreshCookie } from './refresh-cookie.ts';

describe('the cookie of a refresh token', () => {
  let server: Server;
  let port: number;

  before(async () => {
    const app = express().set('trust proxy', 'loopback');
    app.get('/set', (req, res) => {
      setRefreshCookie(req, res, undefined, 'token');
      res.end();
    });
    app.get('/clear', (req, res) => {
      clearRefreshCookie(req, res, 'left');
      res.end();
    });
    app.get('/read', (req, res) => {
      res.end(`${refreshTokenIn(req, undefined)} ${refreshTokenIn(req, 'left')}`);
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  after(() => server.close());

  /** `fetch` chooses the Host header itself; these tests choose it. */
  async function ask(path: string, headers: Record<string, string>) {
    const sent = request({ port, host: '127.0.0.1', path, headers }).end();
    const [answer] = await once(sent, 'response');
    let body = '';
    for await (const chunk of answer) body += chunk;
    return { cookie: String(answer.headers['set-cookie'] ?? ''), body };
  }

  for (const host of ['localhost:4000', '127.0.0.1:4000', '[::1]:4000']) {
    it(`works on pages of other sites where the server is ${host}`, async () => {
      match((await ask('/set', { host })).cookie, /; Secure; Partitioned; SameSite=None$/);
    });
  }

  it('works on pages of other sites behind TLS', async () => {
    const headers = { host: 'jamz.example', 'x-forwarded-proto': 'https' };
    match((await ask('/set', headers)).cookie, /; Secure; Partitioned; SameSite=None$/);
  });

  it('[ID20] is bound to this very host behind TLS, and nobody else’s is taken for it', async () => {
    const headers = { host: 'jamz.example', 'x-forwarded-proto': 'https' };
    match((await ask('/set', headers)).cookie, /^__Host-jamz_main=token; [^;]+; Path=\/; /);
    equal((await ask('/set', headers)).cookie.includes('Domain'), false);
    const cookie = 'jamz_main=of-a-sibling; __Secure-jamz_main=too; __Host-jamz_left=yes';
    equal((await ask('/read', { ...headers, cookie })).body, 'undefined yes');
  });

  it('is first-party on a plain http address of a network, where browsers take no other', async () => {
    const { cookie } = await ask('/set', { host: '192.168.1.7:4000' });
    match(cookie, /; HttpOnly; SameSite=Lax$/);
    equal(cookie.includes('Secure'), false);
  });

  it('is cleared with the attributes that it was set with, or browsers keep it', async () => {
    const { cookie } = await ask('/clear', { host: 'localhost' });
    match(cookie, /^jamz_left=; Path=\/v1\/auth; .*1970.*; Secure; Partitioned; SameSite=None$/);
  });

  it('is found among others, and only under its own name', async () => {
    const cookie = 'xjamz_main=no; jamz_main=yes; jamz_left2=no';
    equal((await ask('/read', { host: 'localhost', cookie })).body, 'yes undefined');
  });
});
