import { equal, ok, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { systemTimers } from './adapters/clock/system-timers.ts';
import { pwnedPasswords } from './adapters/leaked-passwords/pwned-passwords.ts';
import { smtpMailer } from './adapters/mail/smtp.ts';
import { examineRedis } from './adapters/redis/examine-redis.ts';
import { examineMongo } from './adapters/store/mongo/examine.ts';
import { influxHttp } from './adapters/time-series/influx/influx-http.ts';
import { selfSignedCertificate } from './http/self-signed.ts';

/** Services that are reached over TLS show a certificate; one that nobody vouches for is none. */
describe('a service whose certificate nobody vouches for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jamz-tls-clients-'));
  let server: Server;
  let host: string;
  let heardBytes: number;
  let asked: number;

  before(async () => {
    const { cert, key } = await selfSignedCertificate(folder, [], Date.now());
    server = createServer({ cert, key }, (socket: TLSSocket) => {
      socket.on('data', (bytes) => {
        heardBytes += bytes.length;
      });
      socket.on('error', () => {});
    });
    server.on('connection', () => {
      asked += 1;
    });
    server.on('tlsClientError', () => {});
    await once(server.listen(0, '127.0.0.1'), 'listening');
    host = `localhost:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    [heardBytes, asked] = [0, 0];
  });

  const clients: readonly (readonly [name: string, connect: () => Promise<unknown>])[] = [
    [
      'a mail server',
      async () => {
        const mailer = smtpMailer({ url: `smtps://user:secret@${host}`, from: 'a@x.example' });
        await mailer.check().finally(mailer.close);
      },
    ],
    [
      'InfluxDB',
      () => influxHttp({ url: `https://${host}`, database: 'jamz' }).query('SHOW DATABASES'),
    ],
    ['Redis', () => examineRedis(`rediss://user:secret@${host}`, systemTimers)],
    [
      'MongoDB',
      () =>
        examineMongo(`mongodb://user:secret@${host}/jamz?tls=true&serverSelectionTimeoutMS=2000`),
    ],
    [
      'a service for leaked passwords',
      () =>
        new Promise((_, reject) => {
          const ask = pwnedPasswords({ url: `https://${host}/range/`, onAway: reject });
          ask('correct horse battery').catch(reject);
        }),
    ],
  ];

  for (const [name, connect] of clients) {
    it(`is told nothing by who takes it for ${name}`, async () => {
      await rejects(connect());
      equal(heardBytes, 0);
      ok(asked > 0);
    });
  }
});
