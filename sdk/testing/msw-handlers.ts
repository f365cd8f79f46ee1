import type { RequestHandler, WebSocketHandler } from 'msw';
import { socketPath } from '../protocol/wire.ts';
import type { Loopback } from './loopback.ts';
import { speakFrames } from './loopback-frames.ts';

/**
 * Handlers of Mock Service Worker (`msw`) that let a loopback backend answer at an address: elements and `connect()`
 * run as they are, requests and WebSocket included.
 *
 * @param server what the page under test calls its server
 * @throws {TypeError} where `msw` is not installed
 * @example
 * const backend = loopback();
 * const worker = setupServer(...(await mswHandlers(backend, 'https://jamz.example')));
 * worker.listen();
 */
export async function mswHandlers(
  backend: Loopback,
  server: string,
): Promise<(RequestHandler | WebSocketHandler)[]> {
  const { http, ws } = await import('msw');
  const base = server.replace(/\/+$/, '');
  const socket = ws.link(`${base.replace(/^http/, 'ws')}${socketPath}/*`);
  return [
    http.all(`${base}/v1/*`, ({ request }) => backend.fetch(request)),
    socket.addEventListener('connection', ({ client }) => {
      const wire = {
        send: (frame: string) => client.send(frame),
        close: () => client.close(),
      };
      // A WebSocket's listeners come on in the turn after this one.
      queueMicrotask(() => {
        const { take, ended } = speakFrames(backend, wire);
        client.addEventListener('message', ({ data }) => take(String(data)));
        client.addEventListener('close', ended);
      });
    }),
  ];
}
