import type { Server, Socket } from 'socket.io';
import type { ScopeState } from '../../sdk/merge/states.ts';
import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { EndedScope } from '../../sdk/protocol/wire.ts';
import { endOfStay } from '../sync/derive-memberships.ts';
import { farewell } from './farewell.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { userRoom } from './session.ts';

export interface MembersDeps extends Pick<GatewayDeps, 'logs' | 'onBug'> {
  readonly userOf: (socket: Socket) => UserId | undefined;
}

/** Keeps those out of a group who are no members any more, whichever process removed them. */
export interface Members {
  /** Another process says so. They hear nothing from now on; who has joined again meanwhile goes on. */
  checkOne(userId: UserId, end: EndedScope): void;
  /** Cuts whoever is no member in this state. */
  checkAll(scope: Scope, state: ScopeState): void;
}

export function createMembers(io: Server, { logs, onBug, userOf }: MembersDeps): Members {
  const checkOne = async (userId: UserId, { scope }: EndedScope): Promise<void> => {
    const sockets = socketsIn(io, userRoom(userId)).filter(({ rooms }) => rooms.has(scope));
    if (sockets.length === 0) return;
    // All before anything else is told: leaving takes effect within the call where rooms are kept in this process.
    const left = Promise.all(sockets.map((socket) => socket.leave(scope)));
    try {
      await left;
      const { state, generation, seq } = await logs.viewOf(scope);
      const end = state.kind === 'group' ? endOfStay(scope, state, userId) : undefined;
      for (const socket of sockets) {
        if (end) socket.emit('ended', end);
        else await socket.join(scope);
        // What was told meanwhile is behind this head.
        if (!end) socket.emit('heads', [[scope, generation, seq]]);
      }
    } catch (error) {
      // Nobody knows whether they may: they come back and are told.
      const message = 'The server could not look up your membership: come back';
      for (const socket of sockets) farewell(socket, { code: 'unavailable', message });
      throw error;
    }
  };

  return {
    checkOne: (userId, end) => void checkOne(userId, end).catch(onBug),
    checkAll(scope, state) {
      if (state.kind !== 'group') return;
      for (const socket of socketsIn(io, scope)) {
        const userId = userOf(socket);
        const end = userId === undefined ? undefined : endOfStay(scope, state, userId);
        if (!end) continue;
        Promise.resolve(socket.leave(scope)).catch(onBug);
        socket.emit('ended', end);
      }
    },
  };
}

/** The sockets of this process in a room. */
export function socketsIn(io: Server, room: string): readonly Socket[] {
  return [...(io.sockets.adapter.rooms.get(room) ?? [])].flatMap(
    (id) => io.sockets.sockets.get(id) ?? [],
  );
}
