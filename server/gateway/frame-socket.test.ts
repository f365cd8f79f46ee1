import { deepEqual, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { type FrameSocket, FrameSocketServer } from './frame-socket.ts';
import { textFrame } from './text-frame.ts';

describe('a frame socket', () => {
  let http: Server;
  let server: FrameSocketServer;
  let client: WebSocket;
  let socket: FrameSocket;
  let heard: string[];

  beforeEach(async () => {
    http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    server = new FrameSocketServer({ server: http });
    const opened = once(server, 'connection');
    client = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    heard = [];
    client.on('message', (data) => heard.push(String(data)));
    const connection: FrameSocket[] = await opened;
    // There is one: the event has been.
    socket = connection[0] as FrameSocket;
    if (client.readyState !== WebSocket.OPEN) await once(client, 'open');
  });
  afterEach(async () => {
    client.terminate();
    server.close();
    http.closeAllConnections();
    http.close();
  });

  const closed = async (): Promise<void> => {
    socket.close();
    await once(client, 'close');
  };

  it('sends texts, bytes and frames in the order in which they were given to it', async () => {
    socket.send('one');
    socket.send(Buffer.from('two'));
    equal(socket.sendFrame(textFrame('three')), true);
    socket.send('x'.repeat(70_000));
    socket.send('five');
    await closed();
    deepEqual(
      heard.map((text) => text.slice(0, 5)),
      ['one', 'two', 'three', 'xxxxx', 'five'],
    );
  });

  it('tells when a text has been handed on', async () => {
    ok(!(await new Promise((resolve) => socket.send('one', resolve))));
    ok(!(await new Promise((resolve) => socket.send('two', {}, resolve))));
    await closed();
    deepEqual(heard, ['one', 'two']);
  });

  it('takes no frame while something before it waits for the network', async () => {
    client.pause();
    while (socket.bufferedAmount === 0) socket.send('x'.repeat(1_000_000));
    equal(socket.sendFrame(textFrame('late')), false);
    client.resume();
    await closed();
    equal(heard.includes('late'), false);
  });

  it('takes no frame once it is closing, and says so to who sends a text', async () => {
    socket.close();
    equal(socket.sendFrame(textFrame('late')), false);
    ok((await new Promise((resolve) => socket.send('late', resolve))) instanceof Error);
    await once(client, 'close');
    deepEqual(heard, []);
  });
});
