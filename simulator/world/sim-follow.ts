import { protocolVersion } from '../../sdk/protocol/version.ts';
import type {
  EndedScope,
  HelloAnswer,
  HelloMessage,
  PullAnswer,
  PullMessage,
} from '../../sdk/protocol/wire.ts';
import { rowForEvent } from '../../server/access/table.ts';
import { asEndedScope } from '../../server/sync/ended-scope.ts';
import type { SimGatewayDeps, SimSession } from './sim-gateway.ts';

type FollowDeps = Pick<SimGatewayDeps, 'logs' | 'pulls' | 'groupsOf'>;

const followRow = rowForEvent('follow');

/** As the gateway's: joins before it pulls, so that no commit falls in between. */
export async function follow(
  { actor, rooms }: SimSession,
  message: PullMessage,
  { logs, pulls }: FollowDeps,
): Promise<PullAnswer> {
  const { scope } = message;
  await logs.admit(actor, followRow, scope);
  rooms.add(scope);
  try {
    return await pulls.pull(actor, message);
  } catch (error) {
    rooms.delete(scope);
    throw error;
  }
}

/** As the gateway's first message: follows what it names, and nothing else. */
export async function greet(
  session: SimSession,
  { scopes }: HelloMessage,
  deps: FollowDeps,
): Promise<Omit<HelloAnswer, 'live'>> {
  const named = new Set(scopes.map(({ scope }) => scope));
  for (const scope of session.rooms) if (!named.has(scope)) session.rooms.delete(scope);
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
  const { userId, name, guest } = session.actor;
  return {
    serverVersion: protocolVersion,
    user: { id: userId, name, guest },
    groups: await deps.groupsOf(userId),
    pulls,
    ended,
  };
}
