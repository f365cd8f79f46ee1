import { equal } from 'node:assert/strict';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { Server } from 'socket.io';
import { socketPath } from '../../sdk/protocol/wire.ts';
import type { Link, LinkFailure } from '../../sdk/transport/link.ts';
import { openSocketLink } from '../../sdk/transport/socket-link.ts';

type Outcome = 'opened' | LinkFailure;

describe('openSocketLink', () => {
  let http: HttpServer;
  let link: Link;

  const address = async (): Promise<string> => {
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  };
  const open = (server: string): Promise<Outcome> =>
    new Promise((resolve) => {
      link = openSocketLink(
        { server, site: 'pk_test', token: 't', version: 1 },
        { opened: () => resolve('opened'), closed: resolve, message: () => {} },
      );
    });
  const answering = (transports: ('websocket' | 'polling')[]): Server => {
    const io = new Server(http, { path: socketPath, transports });
    io.on('connection', (socket) => {
      socket.on('where', (_payload, answer) => answer({ ok: socket.conn.transport.name }));
    });
    return io;
  };

  afterEach(async () => {
    link.close();
    await new Promise((resolve) => http.close(resolve));
  });

  it('speaks over a WebSocket', async () => {
    http = createServer();
    const io = answering(['websocket', 'polling']);
    equal(await open(await address()), 'opened');
    equal(await link.request('where', null, 5_000), 'websocket');
    await io.close();
  });

  it('polls where WebSockets are blocked', async () => {
    http = createServer();
    const io = answering(['polling']);
    equal(await open(await address()), 'opened');
    equal(await link.request('where', null, 5_000), 'polling');
    await io.close();
  });

  it('calls a server that is not there a lost link', async () => {
    http = createServer();
    const gone = await address();
    await new Promise((resolve) => http.close(resolve));
    const outcome = await open(gone);
    equal(outcome !== 'opened' && outcome.kind, 'link');
    http = createServer().listen(0);
  });

  it('calls a server that fails a failing server', async () => {
    http = createServer((_request, response) => response.writeHead(503).end());
    const outcome = await open(await address());
    equal(outcome !== 'opened' && outcome.kind, 'server');
  });

  it('does not take the refusal of a token for a blocked WebSocket', async () => {
    http = createServer();
    const io = new Server(http, { path: socketPath });
    let asked = 0;
    io.use((_socket, next) => {
      asked++;
      next(Object.assign(new Error('no'), { data: { code: 'unauthenticated', message: 'no' } }));
    });
    const outcome = await open(await address());
    equal(outcome !== 'opened' && outcome.error.code, 'unauthenticated');
    equal(asked, 1);
    await io.close();
  });
});
