import { WebSocket } from 'ws';

export interface LoadSocketOptions {
  /** Of the server, with the path of its sockets: `ws://127.0.0.1:1/socket.io/`. */
  readonly url: string;
  /** What the handshake carries. */
  readonly auth: object;
  /** The first event, which makes it follow something. */
  readonly first: readonly [event: string, message: unknown];
  /** Another one's event, as its text. */
  readonly onEvent: (text: string) => void;
}

/** A client of Socket.IO (protocol 5 over Engine.IO 4) that costs next to nothing: thousands fit into a process. */
export interface LoadSocket {
  /** Asks and waits for the answer's text. */
  ask(event: string, message: unknown): Promise<string>;
  close(): void;
}

/** @returns once the first event is answered */
export async function openLoadSocket(options: LoadSocketOptions): Promise<LoadSocket> {
  const { url, auth, first, onEvent } = options;
  const socket = new WebSocket(`${url}?EIO=4&transport=websocket`, { perMessageDeflate: false });
  const waiting = new Map<string, (text: string) => void>();
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  let asked = 0;

  socket.on('error', reject);
  socket.on('close', (code) => reject(new Error(`The server closed a socket (${code})`)));
  socket.on('message', (data) => {
    // Text always comes as a buffer.
    const text = (data as Buffer).toString();
    // Engine.IO's open, ping; Socket.IO's connected, refused, event, answer.
    if (text === '2') socket.send('3');
    else if (text.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
    else if (text.startsWith('40')) resolve();
    else if (text.startsWith('44')) reject(new Error(`The server refuses a socket: ${text}`));
    else if (text.startsWith('42')) onEvent(text);
    else if (text.startsWith('43')) {
      const start = text.indexOf('[');
      const id = text.slice(2, start);
      waiting.get(id)?.(text);
      waiting.delete(id);
    }
  });

  const ask = (event: string, message: unknown): Promise<string> => {
    const id = String(asked++);
    socket.send(`42${id}${JSON.stringify([event, message])}`);
    return new Promise((answer) => waiting.set(id, answer));
  };

  await ready;
  const greeting = await ask(...first);
  if (greeting.includes('"error"')) throw new Error(`The server refuses a greeting: ${greeting}`);
  return { ask, close: () => socket.terminate() };
}
