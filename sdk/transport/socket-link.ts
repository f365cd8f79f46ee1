import { Fetch, io, NodeWebSocket, type Socket } from 'socket.io-client';
import { JamzError } from '../protocol/errors.ts';
import { type Answer, socketPath, type WireError } from '../protocol/wire.ts';
import type { Link, LinkEvents, LinkFailure, LinkOptions } from './link.ts';
import { answerLate, linkClosed, lost, refusalIn, toError, unreachable } from './wire-failure.ts';

/**
 * A link over Socket.IO's own client: long polling, for where WebSockets are blocked, and a WebSocket of a package
 * for platforms that have none. It never reconnects by itself: when to try again is for the circuit breaker to say.
 */
export function openSocketLink(options: LinkOptions, events: LinkEvents): Link {
  const { server, site, token, version } = options;
  const socket: Socket = io(server, {
    path: socketPath,
    transports: typeof WebSocket === 'undefined' ? [NodeWebSocket, Fetch] : [Fetch],
    tryAllTransports: true,
    reconnection: false,
    forceNew: true,
    timeout: 10_000,
    auth: { site, token, version },
  });
  const waiting = new Set<(failure: JamzError) => void>();
  let bye: JamzError | undefined;
  let ended = false;

  const end = (failure: LinkFailure): void => {
    if (ended) return;
    ended = true;
    socket.removeAllListeners();
    socket.disconnect();
    for (const reject of waiting) reject(failure.error);
    waiting.clear();
    events.closed(failure);
  };

  socket.on('connect', () => events.opened());
  socket.on('connect_error', (error) => end(asFailure(error)));
  socket.on('disconnect', (reason) => end(lost(reason, bye)));
  socket.on('bye', (error: WireError) => {
    bye = toError(error);
  });
  socket.onAny((event: string, payload: unknown) => {
    if (event !== 'bye') events.message(event, payload);
  });

  return {
    request: <T>(event: string, payload: unknown, timeoutMs: number) =>
      new Promise<T>((resolve, reject) => {
        if (ended) return reject(linkClosed());
        waiting.add(reject);
        socket.timeout(timeoutMs).emit(event, payload, (late: Error | null, answer?: Answer<T>) => {
          waiting.delete(reject);
          if (late) reject(answerLate());
          else if (answer && 'ok' in answer) resolve(answer.ok);
          else reject(toError(answer?.error));
        });
      }),
    close() {
      ended = true;
      socket.removeAllListeners();
      socket.disconnect();
      for (const reject of waiting) reject(linkClosed());
      waiting.clear();
    },
  };
}

function asFailure(error: Error & { data?: WireError; description?: unknown }): LinkFailure {
  const { data, description: status } = error;
  if (typeof status === 'number' && status >= 500) {
    const failed = new JamzError('unavailable', `The server answered ${status}.`, { cause: error });
    return { kind: 'server', error: failed };
  }
  return refusalIn(data) ?? unreachable(error);
}
