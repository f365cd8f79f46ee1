import type { Server } from 'socket.io';
import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { Commit, EndedScope } from '../../sdk/protocol/wire.ts';
import type { BusListener } from '../ports/bus.ts';
import { createInOrder } from '../sync/in-order.ts';
import type { Delivered } from './delivered.ts';
import { farewell } from './farewell.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import type { LateAnswers } from './late-answers.ts';
import { type Members, socketsIn } from './members.ts';
import { familyRoom, userRoom } from './session.ts';
import type { SlowSockets } from './slow-sockets.ts';
import { sendToRoom } from './to-room.ts';

export interface BroadcastDeps
  extends Pick<GatewayDeps, 'timers' | 'groupsOf' | 'onBug' | 'log' | 'logs'> {
  readonly late: LateAnswers;
  readonly members: Members;
  readonly slow: SlowSockets;
}

/** Passes what the bus tells to the sockets of this process. Each message is encoded once, however many get it. */
export function createBroadcasts(
  io: Server,
  delivered: Delivered,
  { timers, groupsOf, onBug, late, log, logs, members, slow }: BroadcastDeps,
): BusListener {
  const room = { io, slow };
  const listsToSend = new Set<UserId>();

  const sendLists = (): void => {
    const users = [...listsToSend];
    listsToSend.clear();
    for (const userId of users) {
      groupsOf(userId)
        .then((groups) => io.to(userRoom(userId)).emit('groups', groups))
        .catch(onBug);
    }
  };

  const commits = (scope: Scope, list: readonly Commit[], json = JSON.stringify(list)): void => {
    const [only] = list;
    const except = only && list.length === 1 ? delivered.take(scope, only) : [];
    sendToRoom(room, scope, 'commits', `{"scope":"${scope}","commits":${json}}`, except);
  };

  const ended = (userId: UserId, end: EndedScope): void => {
    // Who ended it by a push of their own hears that it was taken before they hear that they are out.
    late.flush();
    for (const socket of socketsIn(io, userRoom(userId))) {
      if (!socket.rooms.has(end.scope)) continue;
      // Leaving takes effect within the call where rooms are kept in this process.
      Promise.resolve(socket.leave(end.scope)).catch(onBug);
      socket.emit('ended', end);
    }
  };

  const { adapter } = io.sockets;
  const inOrder = createInOrder({
    log,
    isFollowed: (scope) => adapter.rooms.has(scope),
    inDoubt: logs.inDoubt,
    look: logs.viewOf,
    send: commits,
  });
  // Its places are told by whoever follows it next.
  adapter.on('delete-room', inOrder.forget);

  return (message, origin) => {
    switch (message.kind) {
      case 'commits':
        // Read only where somebody follows: of other processes they are text until then.
        if (!adapter.rooms.has(message.scope)) return;
        return inOrder.take(message.scope, message.commits, message.json);
      case 'live':
        return sendToRoom(room, message.message.scope, 'live', JSON.stringify(message.message));
      case 'ended':
        // From elsewhere it may come late: who has joined again meanwhile stays.
        if (origin === 'here') ended(message.userId, message.ended);
        else members.checkOne(message.userId, message.ended);
        return;
      case 'groups':
        // One operation can change a list several times over; nobody connected, nothing to look up.
        if (!io.sockets.adapter.rooms.has(userRoom(message.userId))) return;
        if (listsToSend.size === 0) timers.afterTurn(sendLists);
        listsToSend.add(message.userId);
        return;
      case 'signed-out':
        late.flush();
        for (const socket of socketsIn(io, familyRoom(message.familyId))) {
          farewell(socket, { code: 'unauthenticated', message: 'Signed out: sign in again' });
        }
    }
  };
}
