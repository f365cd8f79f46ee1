import { equal, match } from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import express from 'express';
import { pino } from 'pino';
import { serveStaticPages } from './static-pages.ts';

describe('a release of the CDN folder', () => {
  const first = '0.1.0-11111111';
  const second = '0.2.0-22222222';
  let dir: string;
  let server: Server;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'jamz-releases-'));
    const app = express();
    const log = pino({ level: 'silent' });
    serveStaticPages(app, { distDir: dir, releasesDir: join(dir, 'data/cdn'), log });
    server = createServer(app);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const build = (release: string, code: string): void => {
    rmSync(join(dir, 'cdn'), { recursive: true, force: true });
    mkdirSync(join(dir, 'cdn'));
    writeFileSync(join(dir, 'cdn/jamz.js'), code);
    writeFileSync(join(dir, 'cdn/release.json'), JSON.stringify({ release }));
  };
  const get = (path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  const kept = async (release: string): Promise<void> => {
    // The copy goes on behind the answer.
    while (!existsSync(join(dir, 'data/cdn', release))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('is served for ever under its own name, to every site', async () => {
    build(first, 'one');
    const response = await get(`/cdn/${first}/jamz.js?x=1`);
    equal(await response.text(), 'one');
    equal(response.headers.get('access-control-allow-origin'), '*');
    match(response.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
    const floating = await get('/cdn/jamz.js');
    match(floating.headers.get('cache-control') ?? '', /max-age=300$/);
  });

  it('outlives an update of the server, once a page has pinned it', async () => {
    build(first, 'one');
    await get(`/cdn/${first}/jamz.js`);
    await kept(first);
    build(second, 'two');
    equal(await (await get(`/cdn/${first}/jamz.js`)).text(), 'one');
    equal(await (await get(`/cdn/${second}/jamz.js`)).text(), 'two');
    equal(await (await get('/cdn/jamz.js')).text(), 'two');
  });

  it('that nobody pinned is not kept, and one that never was is not found', async () => {
    build(first, 'one');
    await get('/cdn/jamz.js');
    build(second, 'two');
    equal((await get(`/cdn/${first}/jamz.js`)).status, 404);
    equal((await get('/cdn/9.9.9-99999999/jamz.js')).status, 404);
    equal(existsSync(join(dir, 'data')), false);
  });

  it('cannot be climbed out of', async () => {
    build(first, 'one');
    writeFileSync(join(dir, 'secret.txt'), 'secret');
    equal((await get(`/cdn/${first}/..%2fsecret.txt`)).status >= 400, true);
    equal((await get('/cdn/..%2f0.1.0-11111111/secret.txt')).status >= 400, true);
  });
});
