import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Server } from 'socket.io';
import { socketPath } from '../../sdk/protocol/wire.ts';
import type { Link, LinkFailure } from '../../sdk/transport/link.ts';
import { openLink } from '../../sdk/transport/open-link.ts';

type Outcome = 'opened' | LinkFailure;

describe('openLink', () => {
  let http: HttpServer;
  let io: Server | undefined;
  let link: Link;
  let messages: unknown[];
  let closed: Promise<LinkFailure>;
  const connections = new Set<NetSocket>();

  beforeEach(() => {
    messages = [];
    io = undefined;
    http = createServer();
  });

  afterEach(async () => {
    link.close();
    for (const connection of connections) connection.destroy();
    connections.clear();
    await io?.close();
    http.close();
  });

  const address = async (): Promise<string> => {
    http.on('connection', (connection) => connections.add(connection));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  };
  const open = (server: string): Promise<Outcome> => {
    const { promise, resolve } = Promise.withResolvers<LinkFailure>();
    closed = promise;
    return new Promise((outcome) => {
      link = openLink(
        { server, site: 'pk_test', token: 't', version: 1 },
        {
          opened: () => outcome('opened'),
          closed(failure) {
            resolve(failure);
            outcome(failure);
          },
          message: (event, payload) => messages.push([event, payload]),
        },
      );
    });
  };
  /** A real server that answers a few questions. */
  const serving = async (options: object = {}): Promise<string> => {
    io = new Server(http, { path: socketPath, ...options });
    io.on('connection', (socket) => {
      socket.on('where', (_, answer) => answer({ ok: socket.conn.transport.name }));
      socket.on('who', (_, answer) => answer({ ok: socket.handshake.auth }));
      socket.on('refuse', (_, answer) =>
        answer({ error: { code: 'rate-limited', message: 'Slowly.', retryAfterMs: 9 } }),
      );
      socket.on('never', () => {});
      socket.on('tell', (payload, answer) => {
        socket.emit('news', payload);
        answer({ ok: true });
      });
      socket.on('leave', () => {
        socket.emit('bye', { code: 'token-expired', message: 'Renew it.' });
        socket.disconnect(true);
      });
    });
    return address();
  };
  const kindOf = (outcome: Outcome): string => (outcome === 'opened' ? outcome : outcome.kind);

  for (const transport of ['websocket', 'polling'] as const) {
    describe(`over ${transport}`, () => {
      const transports = transport === 'polling' ? ['polling'] : ['websocket', 'polling'];

      it('opens with who it is', async () => {
        equal(await open(await serving({ transports })), 'opened');
        equal(await link.request('where', null, 5_000), transport);
        const auth = await link.request('who', null, 5_000);
        deepEqual(auth, { site: 'pk_test', token: 't', version: 1 });
      });

      it('hands on what the server says by itself', async () => {
        await open(await serving({ transports }));
        await link.request('tell', { head: 7 }, 5_000);
        deepEqual(messages, [['news', { head: 7 }]]);
      });

      it('gives refusals their code', async () => {
        await open(await serving({ transports }));
        const refused = link.request('refuse', null, 5_000);
        await rejects(refused, { code: 'rate-limited', retryAfterMs: 9 });
      });

      it('gives up on an answer that is late, and only on that one', async () => {
        await open(await serving({ transports }));
        await rejects(link.request('never', null, 5), { code: 'unavailable' });
        equal(await link.request('where', null, 5_000), transport);
      });

      it('says why the server ended it, to those who wait too', async () => {
        await open(await serving({ transports }));
        await rejects(link.request('leave', null, 5_000), { code: 'token-expired' });
        const { kind, error } = await closed;
        deepEqual([kind, error.code], ['server', 'token-expired']);
        await rejects(link.request('where', null, 5_000), { code: 'unavailable' });
      });

      it('[BK6] calls a connection that breaks a lost link', async () => {
        await open(await serving({ transports }));
        for (const connection of connections) connection.destroy();
        http.closeAllConnections();
        io?.disconnectSockets(true);
        equal((await closed).kind, 'link');
      });

      it('takes the refusal of a token for the server’s answer', async () => {
        const server = await serving({ transports });
        let asked = 0;
        io?.use((_socket, next) => {
          asked++;
          next(Object.assign(new Error(), { data: { code: 'unauthenticated', message: 'No.' } }));
        });
        const outcome = await open(server);
        equal(outcome !== 'opened' && outcome.error.code, 'unauthenticated');
        equal(asked, 1);
      });
    });
  }

  it('[BK10] gives up on a server that stops pinging', async () => {
    const server = await serving({ pingInterval: 30, pingTimeout: 30 });
    await open(server);
    // The machine is there and the connection is open, but nothing comes any more.
    for (const socket of io?.sockets.sockets.values() ?? []) {
      Reflect.set(socket.conn, 'sendPacket', () => {});
    }
    equal((await closed).kind, 'link');
  });

  it('[BK6] calls a server that is not there a lost link', async () => {
    const gone = await address();
    await new Promise((resolve) => http.close(resolve));
    equal(kindOf(await open(gone)), 'link');
  });

  it('[BK6] calls a server that fails a failing server', async () => {
    http.on('request', (_request, response) => response.writeHead(503).end());
    equal(kindOf(await open(await address())), 'server');
  });

  it('[WR15] tells nothing after it was closed', async () => {
    await open(await serving());
    const waiting = link.request('never', null, 5_000);
    link.close();
    await rejects(waiting, { code: 'unavailable' });
    await rejects(link.request('where', null, 5_000), { code: 'unavailable' });
    deepEqual(await Promise.race([closed, 'nothing']), 'nothing');
  });
});
