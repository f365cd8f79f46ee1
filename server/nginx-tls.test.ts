import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect } from 'node:tls';
import { selfSignedCertificate } from './http/self-signed.ts';
import { type Nginx, nginxInFrontOf, nginxProgram, noNginx } from './nginx-fixture.ts';

const program = nginxProgram();
const skip = program === undefined && noNginx;

// A suite that is skipped is not counted; a test is.
if (skip) it('deploy/nginx-tls.conf', { skip });

describe('deploy/nginx-tls.conf', { skip, timeout: 300_000 }, () => {
  let folder: string;
  let behind: Server;
  let nginx: Nginx;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jamz-nginx-tls-'));
    const certificate = await selfSignedCertificate(folder, ['127.0.0.1'], Date.now());
    const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
    writeFileSync(tls.cert, certificate.cert);
    writeFileSync(tls.key, certificate.key);
    behind = createServer(({ url, headers }, response) =>
      response.end(JSON.stringify({ url, headers })),
    );
    behind.on('upgrade', ({ headers }, socket) =>
      socket.end(`HTTP/1.1 101 Switching\r\nx-upgrade: ${headers.upgrade}\r\n\r\n`),
    );
    behind.listen(0, '127.0.0.1');
    await once(behind, 'listening');
    const address = behind.address();
    const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    nginx = await nginxInFrontOf(program ?? '', [base, base], tls);
  });
  after(async () => {
    await nginx.close();
    behind.closeAllConnections();
    behind.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (path: string, headers: object = {}): Promise<IncomingMessage> => {
    const asked = request(`${nginx.secureBase}${path}`, {
      rejectUnauthorized: false,
      agent: false,
      headers: { ...headers },
    }).end();
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    asked.on('error', reject).on('response', resolve).on('upgrade', resolve);
    return promise;
  };

  it('tells the server that it was https, and who asked, whatever they claim', async () => {
    const answer = await ask('/v1/me', {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
    });
    const [body] = await answer.toArray();
    const { headers } = JSON.parse(String(body));
    deepEqual([headers['x-forwarded-for'], headers['x-forwarded-proto']], ['127.0.0.1', 'https']);
  });

  it('passes web sockets on', async () => {
    const answer = await ask('/v1/socket/', { connection: 'upgrade', upgrade: 'websocket' });
    deepEqual([answer.statusCode, answer.headers['x-upgrade']], [101, 'websocket']);
    answer.destroy();
  });

  it('sends people to https, and refuses programs that speak plain http', async () => {
    const page = await fetch(`${nginx.base}/sites?a=1`, { redirect: 'manual' });
    equal(page.status, 308);
    ok(page.headers.get('location')?.startsWith('https://127.0.0.1/sites?a=1'));
    const api = await fetch(`${nginx.base}/v1/me`, { redirect: 'manual' });
    deepEqual([api.status, api.headers.get('location')], [403, null]);
  });

  it('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    const port = Number(new URL(nginx.secureBase ?? '').port);
    const speak = async (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> => {
      const socket = connect({
        ...{ port, host: '127.0.0.1', rejectUnauthorized: false },
        ...{ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' },
      });
      const { promise, resolve, reject } = Promise.withResolvers<string | null>();
      socket.once('error', reject).once('secureConnect', () => resolve(socket.getProtocol()));
      return promise.finally(() => socket.destroy());
    };
    deepEqual([await speak('TLSv1.2'), await speak('TLSv1.3')], ['TLSv1.2', 'TLSv1.3']);
    await rejects(speak('TLSv1.1'));
  });
});
