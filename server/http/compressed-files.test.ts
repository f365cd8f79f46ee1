import { deepEqual, equal, match } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { pino } from 'pino';
import { precompress } from '../../scripts/precompress.ts';
import { serveStaticPages } from './static-pages.ts';

const script = `export const words = ${JSON.stringify('the same words '.repeat(200))};\n`;
const page = `<title>Two phones</title>${'<p>The same words.</p>'.repeat(200)}`;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

describe('packed files', () => {
  let distDir: string;
  let server: Server;
  const inCdn = (name: string): string => join(distDir, 'cdn', name);

  /** `fetch` unpacks by itself, and says what it takes by itself. */
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const { port } = server.address() as AddressInfo;
    const [response] = (await once(
      get({ port, host: '127.0.0.1', path, headers }),
      'response',
    )) as [IncomingMessage];
    const body: Buffer[] = [];
    for await (const part of response) body.push(part as Buffer);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(body) };
  };

  before(async () => {
    distDir = mkdtempSync(join(tmpdir(), 'jamz-packed-'));
    mkdirSync(join(distDir, 'playground'));
    mkdirSync(join(distDir, 'cdn'));
    for (const name of ['player-B3xq_9aZ.js', 'jamz.js', 'jamz-sw.js']) {
      writeFileSync(inCdn(name), script);
    }
    writeFileSync(inCdn('short.js'), '0');
    writeFileSync(inCdn('jamz.js.map'), script);
    writeFileSync(join(distDir, 'playground', 'index.html'), page);
    writeFileSync(join(distDir, 'playground', 'gallery.html'), page);
    for (const folder of ['cdn', 'playground']) precompress(join(distDir, folder));
    const app = express();
    const releasesDir = join(distDir, 'kept');
    serveStaticPages(app, { distDir, releasesDir, log: pino({ level: 'silent' }) });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    server.close();
    await once(server, 'close');
    rmSync(distDir, { recursive: true });
  });

  it('go to who takes them, the smaller one first, and say what they are', async () => {
    for (const [takes, encoding, unpacked] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0, gzip', 'gzip', gunzipSync],
    ] as const) {
      const { headers, body } = await ask('/cdn/jamz.js', { 'accept-encoding': takes });
      equal(headers['content-encoding'], encoding);
      equal(headers['content-type'], 'text/javascript; charset=utf-8');
      equal(headers['content-length'], String(body.length));
      equal(unpacked(body).toString(), script);
      equal(body.length < script.length / 4, true);
    }
  });

  it('are not sent to who takes none, and a cache on the way is told so either way', async () => {
    const plain = await ask('/cdn/jamz.js');
    equal(plain.headers['content-encoding'], undefined);
    equal(plain.body.toString(), script);
    const packed = await ask('/cdn/jamz.js', { 'accept-encoding': 'br' });
    for (const { headers } of [plain, packed]) match(headers.vary ?? '', /\bAccept-Encoding\b/i);
  });

  it('come with the headers of the file itself', async () => {
    const takes = { 'accept-encoding': 'br' };
    const { headers: hashed } = await ask('/cdn/player-B3xq_9aZ.js', takes);
    match(hashed['cache-control'] ?? '', /immutable/);
    equal(hashed['access-control-allow-origin'], '*');
    equal(hashed['cross-origin-resource-policy'], 'cross-origin');
    equal(hashed['sourcemap'], 'player-B3xq_9aZ.js.map');
    const { headers: worker } = await ask('/cdn/jamz-sw.js', takes);
    equal(worker['cache-control'], 'no-cache');
    equal(worker['service-worker-allowed'], '/');
  });

  it('are asked for again by an etag of their own', async () => {
    const takes = { 'accept-encoding': 'br' };
    const { headers } = await ask('/cdn/jamz.js', takes);
    const plain = await ask('/cdn/jamz.js');
    equal(headers.etag === plain.headers.etag, false);
    const again = await ask('/cdn/jamz.js', { ...takes, 'if-none-match': headers.etag ?? '' });
    deepEqual([again.status, again.body.length], [304, 0]);
  });

  it('are sent whole to who asks for a part', async () => {
    const { status, headers, body } = await ask('/cdn/jamz.js', {
      'accept-encoding': 'br',
      range: 'bytes=0-9',
    });
    deepEqual([status, headers['accept-ranges']], [200, undefined]);
    equal(brotliDecompressSync(body).toString(), script);
  });

  it('stand for pages, too, by every name that a page has', async () => {
    for (const path of ['/', '/?join=abc', '/index.html', '/gallery', '/gallery.html']) {
      const { status, headers, body } = await ask(path, { 'accept-encoding': 'gzip, br' });
      deepEqual([status, headers['content-encoding']], [200, 'br'], path);
      equal(headers['content-type'], 'text/html; charset=utf-8');
      equal(brotliDecompressSync(body).toString(), page);
    }
  });

  it('are left where packing would win nothing, where nobody waits, and where the file is newer', async () => {
    const takes = { 'accept-encoding': 'br' };
    writeFileSync(inCdn('changed.js'), script);
    precompress(join(distDir, 'cdn'));
    writeFileSync(inCdn('changed.js'), '1');
    utimesSync(inCdn('changed.js'), new Date(), new Date(Date.now() + 5_000));
    for (const [path, body] of [
      ['/cdn/short.js', '0'],
      ['/cdn/jamz.js.map', script],
      ['/cdn/changed.js', '1'],
    ] as const) {
      const answer = await ask(path, takes);
      deepEqual([answer.headers['content-encoding'], answer.body.toString()], [undefined, body]);
    }
  });

  it('give nothing away that the folder does not hold', async () => {
    writeFileSync(join(distDir, 'secret.js'), script);
    precompress(distDir);
    for (const path of ['/cdn/..%2fsecret.js', '/cdn/%2e%2e/secret.js', '/cdn/%00.js', '/%']) {
      const { status } = await ask(path, { 'accept-encoding': 'br' });
      equal(status !== undefined && status >= 400, true, path);
    }
  });
});
