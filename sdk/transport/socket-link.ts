import { type Fetch, io, NodeWebSocket, type Socket } from 'socket.io-client';
import { isErrorCode, JamzError } from '../protocol/errors.ts';
import { type Answer, socketPath, type WireError } from '../protocol/wire.ts';
import type { Link, LinkEvents, LinkFailure, LinkOptions } from './link.ts';

/** Named as for Node, which needs a package for it up to version 21; for browsers it is their own. */
const webSocket = NodeWebSocket;
type Transport = typeof webSocket | typeof Fetch;

/**
 * A link over Socket.IO: WebSocket first, long polling where that is blocked. It never reconnects by itself:
 * when to try again is for the circuit breaker to say.
 */
export function openSocketLink(options: LinkOptions, events: LinkEvents): Link {
  const { server, site, token, version } = options;
  const waiting = new Set<(failure: JamzError) => void>();
  let bye: JamzError | undefined;
  let ended = false;

  const open = (transport: Transport): Socket => {
    const opened = io(server, {
      path: socketPath,
      transports: [transport],
      reconnection: false,
      forceNew: true,
      timeout: 10_000,
      auth: { site, token, version },
    });
    opened.on('connect', () => events.opened());
    opened.on('connect_error', (error) => {
      if (transport === webSocket && isOfTransport(error)) void fallBack(error);
      else end(asFailure(error));
    });
    opened.on('disconnect', (reason) => {
      const lost = bye ?? new JamzError('unavailable', `The connection was lost (${reason}).`);
      end({ kind: bye ? 'server' : 'link', error: lost });
    });
    opened.on('bye', (error: WireError) => {
      bye = toError(error);
    });
    opened.onAny((event: string, payload: unknown) => {
      if (event !== 'bye') events.message(event, payload);
    });
    return opened;
  };

  /** Tells a blocked WebSocket from a server that is not there, or fails, by asking over HTTP. */
  const fallBack = async (error: Error): Promise<void> => {
    const polling = await import('./polling.ts').then((module) => module.polling).catch(() => {});
    if (ended) return;
    if (polling) socket = open(polling);
    else end(asFailure(error));
  };

  const end = (failure: LinkFailure): void => {
    if (ended) return;
    ended = true;
    socket.removeAllListeners();
    socket.disconnect();
    for (const reject of waiting) reject(failure.error);
    waiting.clear();
    events.closed(failure);
  };

  let socket = open(webSocket);

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

/** Not the server's own answer, and not the silence of a dead spot. */
function isOfTransport(error: Error): boolean {
  return 'type' in error && error.type === 'TransportError';
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
