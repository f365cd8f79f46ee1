import { createHttp } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/ids.ts';
import { protocolVersion } from '../protocol/version.ts';
import type {
  EndedScope,
  HelloAnswer,
  HelloMessage,
  PullAnswer,
  PullMessage,
  PushAnswer,
  PushMessage,
  SyncRequest,
  WireError,
} from '../protocol/wire.ts';
import type { Link, OpenLink } from '../transport/link.ts';

/** What `POST /v1/sync` answers. */
interface SyncAnswer {
  readonly answers: readonly PushAnswer[];
  readonly pulls: readonly PullAnswer[];
  readonly ended: readonly EndedScope[];
  readonly errors: readonly (WireError & { readonly scope: Scope })[];
  /** When the server received it and when it answered, by its clock. */
  readonly time: readonly [receivedMs: number, sentMs: number];
}

export interface HttpLinkDeps {
  readonly fetch: typeof fetch;
  readonly monotonicMs: () => number;
}

/**
 * A link over single requests, for who may be there only for seconds and cannot hold a socket. One request at a time,
 * so that pushes enter the log in the order in which they were made. It hears nothing that it did not ask for.
 */
export function httpLink({ fetch, monotonicMs }: HttpLinkDeps): OpenLink {
  return ({ server, token }, events): Link => {
    const http = createHttp({ server, fetch, token: (rejected) => onlyOne(token, rejected) });
    let replicaId = '';
    let isOpen = true;
    let turns: Promise<unknown> = Promise.resolve();
    const {
      promise: serverAhead,
      resolve: measured,
      reject: failed,
    } = Promise.withResolvers<number>();
    serverAhead.catch(() => {});

    const ask = (parts: Partial<SyncRequest>, timeoutMs: number): Promise<SyncAnswer> => {
      const turn = turns.then(async () => {
        if (!isOpen) throw closed();
        const body = { version: protocolVersion, replicaId, push: [], pull: [], ...parts };
        const sentMs = monotonicMs();
        const answer = await http('POST', 'sync', body, { timeoutMs, expects: isSyncAnswer });
        const [receivedMs, answeredMs] = answer.time;
        measured((receivedMs + answeredMs - sentMs - monotonicMs()) / 2);
        return answer;
      });
      turns = turn.catch(failed);
      return turn;
    };

    const pull = async (message: PullMessage, timeoutMs: number): Promise<PullAnswer> => {
      const answer = await ask({ pull: [message] }, timeoutMs);
      const [pulled] = answer.pulls;
      if (pulled) return pulled;
      throw failureIn(answer);
    };

    const hello = async (message: HelloMessage, timeoutMs: number): Promise<HelloAnswer> => {
      replicaId = message.replicaId;
      const { pulls, ended, errors } = await ask({ pull: message.scopes }, timeoutMs);
      const [error] = errors;
      if (error) throw toError(error);
      const user = { id: '', name: '', guest: false };
      return { serverVersion: protocolVersion, user, groups: [], pulls, ended, live: [] };
    };

    const push = async (message: PushMessage, timeoutMs: number): Promise<PushAnswer> => {
      const answer = await ask({ push: [message] }, timeoutMs);
      const [given] = answer.answers;
      if (given) return given;
      throw failureIn(answer);
    };

    /** A burst of probes would be a burst of requests: the first answer tells the time for all of them. */
    const time = async (): Promise<readonly [number, number]> => {
      const aheadMs = await serverAhead;
      const nowMs = monotonicMs() + aheadMs;
      return [nowMs, nowMs];
    };

    const request = async (
      event: string,
      payload: unknown,
      timeoutMs: number,
    ): Promise<unknown> => {
      switch (event) {
        case 'time':
          return time();
        case 'hello':
          return hello(payload as HelloMessage, timeoutMs);
        case 'follow': {
          const message = payload as PullMessage;
          const live = { scope: message.scope, entries: [] };
          return { ...(await pull(message, timeoutMs)), live };
        }
        case 'pull':
          return pull(payload as PullMessage, timeoutMs);
        case 'push':
          return push(payload as PushMessage, timeoutMs);
        default:
          throw new JamzError('invalid', `“${event}” is not said over single requests.`);
      }
    };

    queueMicrotask(() => {
      if (isOpen) events.opened();
    });
    return {
      request: <T>(event: string, payload: unknown, timeoutMs: number) =>
        request(event, payload, timeoutMs) as Promise<T>,
      close() {
        isOpen = false;
      },
    };
  };
}

async function onlyOne(token: string, rejected: string | undefined): Promise<string> {
  if (rejected === undefined) return token;
  throw new JamzError('unauthenticated', 'The server does not take this worker’s token any more.');
}

function failureIn({ ended, errors }: SyncAnswer): JamzError {
  const [failure] = [...ended, ...errors];
  return failure ? toError(failure) : new JamzError('internal', 'The server left a part out.');
}

function toError({ code, message, retryAfterMs }: WireError): JamzError {
  return new JamzError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}

function closed(): JamzError {
  return new JamzError('unavailable', 'This link is closed.');
}

function isSyncAnswer(json: unknown): json is SyncAnswer {
  const answer = json as Partial<Record<keyof SyncAnswer, unknown>>;
  const lists = [answer?.answers, answer?.pulls, answer?.ended, answer?.errors, answer?.time];
  return lists.every(Array.isArray);
}
