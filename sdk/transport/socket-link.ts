import { io, type Socket } from 'socket.io-client';
import { isErrorCode, JamzError } from '../protocol/errors.ts';
import { type Answer, socketPath, type WireError } from '../protocol/wire.ts';
import type { Link, LinkEvents, LinkFailure, LinkOptions } from './link.ts';

/**
 * A link over Socket.IO: WebSocket first, long polling where that is blocked. It never reconnects by itself:
 * when to try again is for the circuit breaker to say.
 */
export function openSocketLink(options: LinkOptions, events: LinkEvents): Link {
  const { server, site, token, version } = options;
  const socket: Socket = io(server, {
    path: socketPath,
    transports: ['websocket', 'polling'],
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
  socket.on('disconnect', (reason) => {
    const lost = bye ?? new JamzError('unavailable', `The connection was lost (${reason}).`);
    end({ kind: bye ? 'server' : 'link', error: lost });
  });
  socket.on('bye', (error: WireError) => {
    bye = toError(error);
  });
  socket.onAny((event: string, payload: unknown) => {
    if (event !== 'bye') events.message(event, payload);
  });

  return {
    request: <T>(event: string, payload: unknown, timeoutMs: number) =>
      new Promise<T>((resolve, reject) => {
        if (ended) return reject(new JamzError('unavailable', 'The connection is closed.'));
        waiting.add(reject);
        socket.timeout(timeoutMs).emit(event, payload, (late: Error | null, answer?: Answer<T>) => {
          waiting.delete(reject);
          if (late) reject(new JamzError('unavailable', 'The server did not answer in time.'));
          else if (answer && 'ok' in answer) resolve(answer.ok);
          else reject(toError(answer?.error));
        });
      }),
    close() {
      ended = true;
      socket.removeAllListeners();
      socket.disconnect();
      const closed = new JamzError('unavailable', 'The connection is closed.');
      for (const reject of waiting) reject(closed);
      waiting.clear();
    },
  };
}

/** An answer that is not ours (a captive portal, a proxy's page) counts as no answer at all. */
function toError(error: WireError | undefined): JamzError {
  if (!error || !isErrorCode(error.code)) {
    return new JamzError('unavailable', 'The answer did not come from this server.');
  }
  const { code, message, retryAfterMs } = error;
  return new JamzError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}

function asFailure(error: Error & { data?: WireError; description?: unknown }): LinkFailure {
  if (error.data && isErrorCode(error.data.code))
    return { kind: 'server', error: toError(error.data) };
  const status = statusOf(error.description);
  if (status !== undefined && status >= 500) {
    const failed = new JamzError('unavailable', `The server answered ${status}.`, { cause: error });
    return { kind: 'server', error: failed };
  }
  const unreachable = new JamzError('unavailable', 'The server cannot be reached.', {
    cause: error,
  });
  return { kind: 'link', error: unreachable };
}

function statusOf(description: unknown): number | undefined {
  return typeof description === 'number' ? description : undefined;
}
