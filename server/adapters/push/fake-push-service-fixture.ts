import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  randomBytes,
  verify,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One message as a push service got it and a browser read it. */
export interface ReceivedPush {
  readonly path: string;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
  /** What the sender's token says of itself, checked against the key it names. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
  readonly bytes: number;
  /** `performance.now()` when all of it had arrived. */
  readonly atMs: number;
}

/** A push service on this machine, and browsers that subscribe to it: real HTTP, real encryption. */
export interface FakePushService {
  readonly origin: string;
  readonly received: readonly ReceivedPush[];
  /** A browser with keys of its own. */
  subscribe(): {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  /** What the next requests to a path, or to all, are answered; undefined: taken. */
  answer: (
    path: string,
  ) => { readonly status: number; readonly headers?: Record<string, string> } | undefined;
  /** Resolves when so many have been received in all. */
  until(count: number): Promise<void>;
  /** Goes away, with all its connections. */
  pause(): Promise<void>;
  /** Comes back at the same address. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

export async function fakePushService(): Promise<FakePushService> {
  const browsers = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer }>();
  const received: ReceivedPush[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];

  const server = createServer((req, res) => {
    const pieces: Buffer[] = [];
    req.on('data', (piece: Buffer) => pieces.push(piece));
    req.on('end', () => {
      const path = req.url ?? '';
      const refused = service.answer(path);
      if (refused) return void res.writeHead(refused.status, refused.headers ?? {}).end();
      const browser = browsers.get(path);
      if (!browser) return void res.writeHead(410).end();
      const body = Buffer.concat(pieces);
      received.push({
        ...{ path, headers: req.headers, bytes: body.length, atMs: performance.now() },
        text: decrypted(body, browser.ecdh, browser.auth),
        claims: claimsOf(req.headers.authorization ?? ''),
      });
      res.writeHead(201, { location: '/message/1' }).end();
      for (const waiter of waiters) if (received.length >= waiter.count) waiter.resolve();
    });
  });
  const listenAt = (at: number) => once(server.listen(at, '127.0.0.1'), 'listening');
  await listenAt(0);
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const pause = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };

  const service: FakePushService = {
    origin,
    received,
    answer: () => undefined,
    subscribe() {
      const ecdh = createECDH('prime256v1');
      const p256dh = ecdh.generateKeys().toString('base64url');
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(8).toString('hex')}`;
      browsers.set(path, { ecdh, auth });
      return { endpoint: origin + path, keys: { p256dh, auth: auth.toString('base64url') } };
    },
    until(count) {
      if (received.length >= count) return Promise.resolve();
      return new Promise((resolve) => waiters.push({ count, resolve }));
    },
    pause,
    async resume() {
      await listenAt(port);
    },
    close: pause,
  };
  return service;
}

/** As a browser does it: RFC 8188 (one record) with the keys of RFC 8291. */
function decrypted(body: Buffer, ecdh: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const senderLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + senderLength);
  const secret = ecdh.computeSecret(sender);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const input = hkdf(auth, secret, info, 32);
  const key = hkdf(salt, input, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(salt, input, Buffer.from('Content-Encoding: nonce\0'), 12);
  const sealed = body.subarray(21 + senderLength);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const clear = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  // The last record ends with a 2 and as many zeros as there is padding.
  return clear.subarray(0, clear.lastIndexOf(2)).toString('utf8');
}

function hkdf(salt: Buffer, input: Buffer, info: Buffer, length: number): Buffer {
  const key = createHmac('sha256', salt).update(input).digest();
  return createHmac('sha256', key).update(info).update(Buffer.of(1)).digest().subarray(0, length);
}

/** RFC 8292: `vapid t=<JWT>, k=<public key>`. @throws where the signature is not of that key */
function claimsOf(authorization: string): ReceivedPush['claims'] {
  const [, jwt = '', k = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const point = Buffer.from(k, 'base64url');
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url') },
    y: point.subarray(33).toString('base64url'),
  };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${header}.${payload}`);
  const isOurs = verify(
    'sha256',
    signed,
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isOurs) throw new Error('The token is not signed with the key that it names');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
}
