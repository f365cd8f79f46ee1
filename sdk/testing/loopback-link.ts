import { JamzError } from '../protocol/errors.ts';
import type { UserId } from '../protocol/ids.ts';
import type { Link, LinkEvents, OpenLink } from '../transport/link.ts';
import type { LoopbackServer, LoopbackSocket } from './loopback-server.ts';

/** The network between one replica and a loopback server, in the hands of a test. */
export interface LoopbackNetwork {
  openLink: OpenLink;
  /** No attempt gets through, and what is open breaks. */
  down(): void;
  up(): void;
  /** The link stays, and nothing passes either way: a half-open socket. */
  freeze(): void;
  thaw(): void;
  /** Loses answers of this event, after the server has acted on it. */
  loseAnswersTo: string | undefined;
  readonly attempts: number;
  readonly isUp: boolean;
}

/** @param who whose replica this is, whatever token it shows, or whose a token is; undefined for nobody's */
export function loopbackNetwork(
  server: LoopbackServer,
  who: UserId | ((token: string) => UserId | undefined),
  after: (delayMs: number, run: () => void) => () => void,
): LoopbackNetwork {
  let isUp = true;
  let frozen = false;
  let attempts = 0;
  let breakLink: (() => void) | undefined;
  const held: (() => void)[] = [];
  const pass = (deliver: () => void): void => {
    if (frozen) held.push(deliver);
    else queueMicrotask(deliver);
  };

  const network: LoopbackNetwork = {
    loseAnswersTo: undefined,
    get attempts() {
      return attempts;
    },
    get isUp() {
      return isUp;
    },
    down() {
      isUp = false;
      breakLink?.();
    },
    up() {
      isUp = true;
    },
    freeze() {
      frozen = true;
    },
    thaw() {
      frozen = false;
      for (const deliver of held.splice(0)) queueMicrotask(deliver);
    },
    openLink({ token }, events: LinkEvents): Link {
      attempts += 1;
      const userId = typeof who === 'string' ? who : who(token);
      let open = true;
      const waiting = new Set<(error: JamzError) => void>();
      const socket: LoopbackSocket = {
        userId: userId ?? '',
        send: (event, payload) =>
          pass(() => {
            if (open) events.message(event, copy(payload));
          }),
      };
      const shut = (): void => {
        open = false;
        server.left(socket);
        const lost = new JamzError('unavailable', 'The connection was lost.');
        for (const reject of waiting) reject(lost);
        waiting.clear();
      };
      breakLink = () => {
        if (!open) return;
        shut();
        const error = new JamzError('unavailable', 'The connection was lost.');
        events.closed({ kind: 'link', error });
      };
      queueMicrotask(() => {
        if (!open) return;
        if (!isUp) breakLink?.();
        else if (userId !== undefined) events.opened();
        else {
          shut();
          events.closed({ kind: 'server', error: notSignedIn() });
        }
      });
      return {
        request: <T>(event: string, payload: unknown, timeoutMs: number) =>
          new Promise<T>((resolve, reject) => {
            if (!open) return reject(new JamzError('unavailable', 'The connection is closed.'));
            waiting.add(reject);
            after(timeoutMs, () => {
              if (waiting.delete(reject)) reject(late());
            });
            pass(() => {
              if (!open) return;
              server.handle(socket, event, copy(payload)).then(
                (answer) => {
                  if (network.loseAnswersTo === event) return;
                  pass(() => {
                    if (open && waiting.delete(reject)) resolve(copy(answer) as T);
                  });
                },
                (error: JamzError) =>
                  pass(() => {
                    if (open && waiting.delete(reject)) reject(error);
                  }),
              );
            });
          }),
        close: shut,
      };
    },
  };
  return network;
}

function notSignedIn(): JamzError {
  return new JamzError('unauthenticated', 'Nobody has this token.');
}

function late(): JamzError {
  return new JamzError('unavailable', 'The server did not answer in time.');
}

/** What crosses a wire is a copy. */
function copy<T>(value: T): T {
  return structuredClone(value);
}
