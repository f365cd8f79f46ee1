import type { ScopeState } from '../../sdk/merge/states.ts';
import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import { endOfStay } from '../../server/sync/derive-memberships.ts';
import type { SimGatewayDeps, SimSession } from './sim-gateway.ts';

type MembersDeps = Pick<SimGatewayDeps, 'logs' | 'onBug'> & {
  readonly sessions: ReadonlySet<SimSession>;
};

/** As the gateway's: keeps those out of a group who are no members any more, whichever process removed them. */
export interface SimMembers {
  /** Another process says so. */
  checkOne(userId: UserId, scope: Scope): void;
  checkAll(scope: Scope, state: ScopeState): void;
}

export function createSimMembers({ logs, onBug, sessions }: MembersDeps): SimMembers {
  const checkOne = async (userId: UserId, scope: Scope): Promise<void> => {
    const out = [...sessions].filter(
      ({ actor, rooms }) => actor.userId === userId && rooms.delete(scope),
    );
    if (out.length === 0) return;
    const { state, generation, seq } = await logs.viewOf(scope);
    const end = state.kind === 'group' ? endOfStay(scope, state, userId) : undefined;
    for (const { peer, rooms } of out) {
      if (end) peer.send('ended', end);
      else {
        rooms.add(scope);
        peer.send('heads', [[scope, generation, seq]]);
      }
    }
  };

  return {
    checkOne: (userId, scope) => void checkOne(userId, scope).catch(onBug),
    checkAll(scope, state) {
      if (state.kind !== 'group') return;
      for (const { actor, peer, rooms } of sessions) {
        const end = rooms.has(scope) ? endOfStay(scope, state, actor.userId) : undefined;
        if (end && rooms.delete(scope)) peer.send('ended', end);
      }
    },
  };
}
