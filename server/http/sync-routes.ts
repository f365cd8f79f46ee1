import * as v from 'valibot';
import { decodeSyncRequest } from '../../sdk/protocol/decode.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type {
  EndedScope,
  PullAnswer,
  PullMessage,
  PushAnswer,
  WireError,
} from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { Pulls } from '../sync/pull.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { syncAnswer } from './answers.ts';
import { type Route, route } from './route.ts';

export interface SyncRouteDeps {
  readonly logs: Pick<ScopeLogs, 'push'>;
  readonly pulls: Pulls;
  /** Told of failures that are bugs; the replica gets `internal`. */
  readonly onBug: (error: unknown) => void;
}

/** A scope's own failure, which leaves the others of the request alone. */
interface ScopeError extends WireError {
  readonly scope: Scope;
}

/** `POST /v1/sync`: the socket's push and pull in one request, for service workers and networks without sockets. */
export function syncRoutes(deps: SyncRouteDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/sync',
      summary: 'Brings ops and cursors, takes acknowledgements and changes',
      body: syncBody,
      maxBodyBytes: limits.maxMessageBytes,
      answer: syncAnswer,
      async run({ actor, body }) {
        const { ok: request, error } = decodeSyncRequest(body);
        if (error) throw error;
        const errors: ScopeError[] = [];
        const ended = new Map<Scope, EndedScope>();
        const failed = (scope: Scope, cause: unknown): undefined => {
          const end = endOf(scope, cause);
          if (end) ended.set(scope, end);
          else errors.push(errorOf(scope, cause, deps.onBug));
        };

        // Push comes before pull, and one scope's pushes one after the other: ops may build on those before them.
        const byScope = Map.groupBy(request.push, ({ scope }) => scope);
        const answers: PushAnswer[] = [];
        await Promise.all(
          [...byScope].map(async ([scope, pushes]) => {
            for (const message of pushes) {
              try {
                answers.push(await deps.logs.push(actor(), message));
              } catch (cause) {
                failed(scope, cause);
                break;
              }
            }
          }),
        );
        const pulls = await Promise.all(
          request.pull.map((message) =>
            pulled(deps.pulls, actor(), message).catch((cause: unknown) =>
              failed(message.scope, cause),
            ),
          ),
        );
        return {
          answers,
          pulls: pulls.filter((pull) => pull !== undefined),
          ended: [...ended.values()],
          errors,
        };
      },
    }),
  ];
}

/** For the description; the protocol's own decoder does the checking. */
const syncBody: v.GenericSchema<unknown, Readonly<Record<string, unknown>>> = v.looseObject({
  version: v.number(),
  replicaId: v.string(),
  push: v.array(v.unknown()),
  pull: v.array(v.unknown()),
});

/** A whole snapshot at once: a request has no next message to ask for the rest in. */
async function pulled(pulls: Pulls, actor: Actor, message: PullMessage): Promise<object> {
  const answer: PullAnswer = await pulls.pull(actor, message);
  if (!answer.snapshot) return answer;
  const { cursor, totalBytes } = answer.snapshot;
  const chunks = [answer.chunk];
  for (let offset = answer.chunk.byteLength; offset < totalBytes; ) {
    const chunk = await pulls.chunk(actor, { scope: message.scope, cursor, offset });
    chunks.push(chunk);
    offset += chunk.byteLength;
  }
  return { ...answer, chunk: Buffer.concat(chunks).toString('base64') };
}

function endOf(scope: Scope, cause: unknown): EndedScope | undefined {
  if (!(cause instanceof JamzError)) return undefined;
  switch (cause.code) {
    case 'removed':
    case 'gone':
    case 'forbidden':
    case 'not-found':
    case 'update-needed':
      return { scope, code: cause.code, message: cause.message };
    default:
      return undefined;
  }
}

function errorOf(scope: Scope, cause: unknown, onBug: (error: unknown) => void): ScopeError {
  if (!(cause instanceof JamzError)) {
    onBug(cause);
    return { scope, code: 'internal', message: 'Something went wrong on our side: try again' };
  }
  const { code, message, retryAfterMs } = cause;
  return { scope, code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
