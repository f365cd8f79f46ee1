import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { OutboundError } from '../../ports/outbound.ts';
import { guardedOutbound } from './guarded-outbound.ts';
import { isPublicAddress } from './public-address.ts';

describe('a public address', () => {
  it('[WH6] is one that anybody’s machine could have, in whatever way it is written', () => {
    for (const address of ['1.1.1.1', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001::5']) {
      equal(isPublicAddress(address), true, address);
    }
    const others = [
      ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '0.0.0.0'],
      ...['169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
      ...['::1', '::', 'fc00::1', 'fe80::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:127.0.0.1'],
      ...['64:ff9b::a00:1', '2002:7f00:1::', '2001::1', '2001:db8::1', '127.1', 'localhost', ''],
    ];
    for (const address of others) equal(isPublicAddress(address), false, address);
  });
});

describe('what is asked of hosts that strangers name', () => {
  let server: Server;
  let origin: string;
  const got: IncomingMessage[] = [];
  before(async () => {
    server = createServer((req, res) => {
      got.push(req);
      if (req.url === '/silent') return;
      if (req.url === '/moved') res.writeHead(302, { location: '/elsewhere' });
      if (req.url === '/busy') res.writeHead(429, { 'retry-after': '7' });
      res.end(req.url === '/long' ? 'x'.repeat(100_000) : 'hello');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = { headers: { 'content-type': 'text/plain' }, body: 'é', maxAnswerBytes: 1_000 };
  const post = (path: string, timeoutMs = 5_000) =>
    guardedOutbound({ allowed: [origin] }).post({ ...ask, url: origin + path, timeoutMs });
  const told = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof OutboundError) return error.message;
    throw new Error('It was let through', { cause: error });
  };

  it('arrives, and the answer comes back, cut where it is too long', async () => {
    const answer = await post('/ok');
    deepEqual(answer, { status: 200, retryAfterMs: undefined, body: 'hello' });
    equal(got.at(-1)?.headers['content-length'], '2');
    equal((await post('/long')).body.length, 1_000);
    equal((await post('/busy')).retryAfterMs, 7_000);
  });

  it('[WH6] goes to no other place than the one that was named', async () => {
    const answer = await post('/moved');
    deepEqual([answer.status, got.at(-1)?.url], [302, '/moved']);
  });

  it('ends when no answer comes', async () => {
    match(await told(post('/silent', 50)), /no answer within 0.05 s/);
    const resolve = () => new Promise<never>(() => {});
    const hung = guardedOutbound({ allowed: [], resolve });
    match(await told(hung.post({ ...ask, url: 'https://a.example', timeoutMs: 20 })), /no answer/);
  });

  it('[WH6] reaches nothing that is not public, by number, by name, or by a name with two faces', async () => {
    const before = got.length;
    const at = (url: string, addresses: readonly string[] = []) =>
      told(
        guardedOutbound({ allowed: [], resolve: async () => addresses }).post({
          ...{ ...ask, url, timeoutMs: 1_000 },
        }),
      );
    match(await at(`${origin}/ok`), /https/);
    for (const host of [
      '127.0.0.1',
      '[::1]',
      '[::ffff:7f00:1]',
      '2130706433',
      '0x7f.1',
      'localhost',
    ]) {
      match(await at(`https://${host}/`), /not on the public internet/, host);
    }
    match(await at('https://rebind.example', ['93.184.216.34', '10.0.0.1']), /not on the public/);
    match(await at('https://metadata.example', ['169.254.169.254']), /not on the public/);
    match(await at('https://nowhere.example', []), /leads nowhere/);
    match(await at('https://user:secret@a.example', ['93.184.216.34']), /name and password/);
    equal(got.length, before);
  });

  it('[WH6] is connected to the address that was checked, and to no other that the name has a moment later', async () => {
    const { port } = server.address() as AddressInfo;
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    let asked = 0;
    const named = `http://twice.example:${port}`;
    const outbound = guardedOutbound({
      allowed: [named],
      resolve: async () => answers[asked++] ?? [],
    });
    const { status } = await outbound.post({ ...ask, url: `${named}/ok`, timeoutMs: 5_000 });
    deepEqual([status, asked, got.at(-1)?.headers.host], [200, 1, `twice.example:${port}`]);
  });

  it('tells nothing of this server’s network', async () => {
    const closed = guardedOutbound({ allowed: ['http://127.0.0.1:1'] });
    await rejects(closed.post({ ...ask, url: 'http://127.0.0.1:1/', timeoutMs: 1_000 }), {
      message: 'It could not be reached (ECONNREFUSED)',
    });
  });
});
