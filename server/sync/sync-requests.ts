import type { DecodedPush, DecodedSyncRequest } from '../../sdk/protocol/decode.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { EndedScope, PullAnswer, PushAnswer, WireError } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import { asEndedScope } from './ended-scope.ts';
import type { Pulls } from './pull.ts';
import type { ScopeLogs } from './scope-logs.ts';
import { asWireError } from './wire-error.ts';

/** What a replica gets for a push and a pull in one request. A scope that failed says so beside those that did not. */
export interface SyncAnswer {
  readonly answers: readonly PushAnswer[];
  readonly pulls: readonly PullAnswer<Uint8Array>[];
  readonly ended: readonly EndedScope[];
  readonly errors: readonly ({ readonly scope: Scope } & WireError)[];
}

export interface SyncRequestsDeps {
  readonly logs: ScopeLogs;
  readonly pulls: Pulls;
  readonly onBug: (error: unknown) => void;
}

/**
 * The log's use cases for replicas without a socket: all pushes, then all pulls. Pushes of one scope go strictly one
 * after the other; where one fails as a whole, those behind it are left, so that no op comes before its elder.
 */
export function createSyncRequests({
  logs,
  pulls,
  onBug,
}: SyncRequestsDeps): (actor: Actor, request: DecodedSyncRequest) => Promise<SyncAnswer> {
  return async (actor, request) => {
    const ended = new Map<Scope, EndedScope>();
    const errors: SyncAnswer['errors'][number][] = [];
    const failed = (scope: Scope, error: unknown): void => {
      const end = asEndedScope(scope, error);
      if (end) ended.set(scope, end);
      else errors.push({ scope, ...asWireError(error, onBug) });
    };
    const each = async <Message extends { readonly scope: Scope }, Answer>(
      messages: readonly Message[],
      run: (message: Message) => Promise<Answer>,
    ): Promise<readonly Answer[]> => {
      const outcomes = await Promise.allSettled(messages.map(run));
      return outcomes.flatMap((outcome, index) => {
        if (outcome.status === 'fulfilled') return [outcome.value];
        const message = messages[index];
        if (message) failed(message.scope, outcome.reason);
        return [];
      });
    };
    const inOrder = async (pushes: readonly DecodedPush[]): Promise<readonly PushAnswer[]> => {
      const given: PushAnswer[] = [];
      for (const push of pushes) {
        try {
          given.push(await logs.push(actor, push));
        } catch (error) {
          failed(push.scope, error);
          break;
        }
      }
      return given;
    };
    const byScope = Map.groupBy(request.push, ({ scope }) => scope);
    const answers = (await Promise.all([...byScope.values()].map(inOrder))).flat();
    const pulled = await each(request.pull, (message) => pulls.pull(actor, message));
    return { answers, pulls: pulled, ended: [...ended.values()], errors };
  };
}
