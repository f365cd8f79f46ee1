import { JamzError } from '../protocol/errors.ts';
import type { Answer, WireError } from '../protocol/wire.ts';
import { base64Of } from './base64.ts';
import type { Loopback } from './loopback.ts';
import type { LoopbackSocket } from './loopback-server.ts';

/** One end of a WebSocket, as far as the loopback needs it. */
export interface FrameSocket {
  send(frame: string): void;
  close(): void;
}

/** No ping is sent: nothing is lost on the way in a test, and a replica does not give up within a day. */
const pingIntervalMs = 24 * 3_600_000;

/**
 * Speaks Socket.IO (Engine.IO 4, Socket.IO 5) on a WebSocket that somebody opened to a loopback backend.
 *
 * @returns what takes the other side's frames, and its end
 */
export function speakFrames(
  backend: Loopback,
  wire: FrameSocket,
): { readonly take: (frame: string) => void; readonly ended: () => void } {
  let socket: LoopbackSocket | undefined;
  const packet = (type: string, data: unknown): void =>
    wire.send(`4${type}${JSON.stringify(data)}`);

  const greet = ({ token = '' }: { token?: string }): void => {
    const userId = backend.userIdOf(token);
    if (userId === undefined) {
      const data: WireError = { code: 'unauthenticated', message: 'Nobody has this token.' };
      packet('4', { message: data.message, data });
      wire.close();
      return;
    }
    socket = { userId, send: (event, payload) => packet('2', [event, inText(payload)]) };
    packet('0', { sid: 'loopback' });
  };
  const answer = async (from: LoopbackSocket, id: string, body: string): Promise<void> => {
    const [event, payload] = JSON.parse(body) as [string, unknown];
    const said: Answer<unknown> = await backend.server.handle(from, event, payload).then(
      (ok) => ({ ok: inText(ok) }),
      (error: unknown) => ({ error: toWire(error) }),
    );
    packet(`3${id}`, [said]);
  };

  wire.send(
    `0${JSON.stringify({ sid: 'loopback', upgrades: [], pingInterval: pingIntervalMs, pingTimeout: pingIntervalMs })}`,
  );
  return {
    take(frame) {
      if (frame.startsWith('40')) greet(JSON.parse(frame.slice(2)) as { token?: string });
      const [, id = '', body = ''] = /^42(\d+)(\[.*)$/s.exec(frame) ?? [];
      if (socket && body !== '') void answer(socket, id, body);
    },
    ended() {
      if (socket) backend.server.left(socket);
    },
  };
}

/** Text frames hold no bytes: a snapshot's go as base64, as the real server sends them. */
function inText(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return payload;
  if (payload instanceof Uint8Array) return base64Of(payload);
  if (Array.isArray(payload)) return payload.map(inText);
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, inText(value)]));
}

function toWire(error: unknown): WireError {
  if (error instanceof JamzError) return { code: error.code, message: error.message };
  throw error;
}
