import { protocolVersion } from '../../sdk/protocol/version.ts';
import type {
  EndedScope,
  HelloAnswer,
  HelloMessage,
  PullAnswer,
  PullMessage,
} from '../../sdk/protocol/wire.ts';
import { userOf } from '../access/actor.ts';
import { rowForEvent } from '../access/table.ts';
import { asEndedScope } from '../sync/ended-scope.ts';
import { withTextChunk } from './chunk-text.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { followedBy, type Session } from './session.ts';

type FollowDeps = Pick<GatewayDeps, 'logs' | 'pulls' | 'groupsOf'>;

/**
 * Makes a socket follow a scope from its cursor on.
 *
 * It joins before it pulls, so no commit falls in between; and pulling asks again whether it may, so who was removed
 * while joining does not stay.
 */
export async function follow(
  session: Session,
  message: PullMessage,
  { logs, pulls }: FollowDeps,
): Promise<PullAnswer> {
  const { socket } = session;
  const { scope } = message;
  await logs.admit(session.actor, followRow, scope);
  await socket.join(scope);
  try {
    return withTextChunk(await pulls.pull(session.actor, message));
  } catch (error) {
    await socket.leave(scope);
    throw error;
  }
}

/** The first message: follows what it names, and nothing else. */
export async function greet(
  session: Session,
  { scopes }: HelloMessage,
  deps: FollowDeps,
): Promise<Omit<HelloAnswer, 'live'>> {
  const { socket } = session;
  const named = new Set(scopes.map(({ scope }) => scope));
  for (const scope of followedBy(socket)) if (!named.has(scope)) await socket.leave(scope);

  const pulls: PullAnswer[] = [];
  const ended: EndedScope[] = [];
  const followed = await Promise.allSettled(
    scopes.map((message) => follow(session, message, deps)),
  );
  for (const [index, outcome] of followed.entries()) {
    if (outcome.status === 'fulfilled') {
      pulls.push(outcome.value);
      continue;
    }
    const scope = scopes[index]?.scope;
    const end = scope && asEndedScope(scope, outcome.reason);
    if (!end) throw outcome.reason;
    ended.push(end);
  }
  const { userId } = session.actor;
  return {
    serverVersion: protocolVersion,
    user: userOf(session.actor),
    groups: await deps.groupsOf(userId),
    pulls,
    ended,
  };
}

const followRow = rowForEvent('follow');
