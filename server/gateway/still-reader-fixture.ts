import { once } from 'node:events';
import { WebSocket } from 'ws';
import { socketPath } from '../../sdk/protocol/wire.ts';

/** A socket that speaks the protocol by hand, and can stop reading while its connection stays open. */
export interface StillReader {
  /** Takes nothing from the network any more. */
  stopReading(): void;
  readOn(): void;
  /** Asks, and does not wait for an answer. */
  say(event: string, payload: unknown): void;
  /** Answers a ping that nobody has seen. */
  pong(): void;
  /** What it was told by itself, as `[event, payload]`. */
  readonly heard: readonly (readonly [event: string, payload: unknown])[];
  /** The next of these, from now on. */
  next(event: string): Promise<unknown>;
  readonly closed: Promise<unknown>;
  close(): void;
}

/** @returns once it follows the scope */
export async function openStillReader(
  url: string,
  token: string,
  scope: string,
): Promise<StillReader> {
  const address = `${url.replace('http', 'ws')}${socketPath}/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, { perMessageDeflate: false });
  const heard: [string, unknown][] = [];
  const takers = new Map<string, (payload: unknown) => void>();
  const { promise: greeted, resolve: greet } = Promise.withResolvers<void>();
  const closed = new Promise((resolve) => socket.on('close', resolve));
  // One that is cut with something unread is reset.
  socket.on('error', () => {});
  const say = (event: string, payload: unknown, id = 1): void =>
    socket.send(`42${id}${JSON.stringify([event, payload])}`);

  socket.on('message', (data) => {
    const text = String(data);
    if (text === '2') socket.send('3');
    else if (text.startsWith('40')) {
      say('hello', { version: 1, replicaId: 'any', scopes: [{ scope, cursor: null }] }, 0);
    } else if (text.startsWith('430')) greet();
    else if (text.startsWith('42')) {
      const [event, payload]: [string, unknown] = JSON.parse(text.slice(2));
      heard.push([event, payload]);
      takers.get(event)?.(payload);
      takers.delete(event);
    }
  });
  await Promise.race([once(socket, 'open'), closed]);
  socket.send(`40${JSON.stringify({ version: 1, site: 'pk_demo', token })}`);
  await greeted;
  return {
    stopReading: () => socket.pause(),
    readOn: () => socket.resume(),
    say,
    pong: () => socket.send('3'),
    heard,
    next: (event) => new Promise((resolve) => takers.set(event, resolve)),
    closed,
    close: () => socket.terminate(),
  };
}
