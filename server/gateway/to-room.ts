import type { Server } from 'socket.io';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { GroupEvent, SlowSockets } from './slow-sockets.ts';
import { textFrame } from './text-frame.ts';
import { type Connection, frameSocketOf } from './waiting.ts';

/** The sockets of this process, and which of them are slow. */
export interface Room {
  readonly io: Server;
  readonly slow: Pick<SlowSockets, 'holdsBack'>;
}

/**
 * Sends an event to every socket that follows a scope, in this process.
 *
 * The packet is encoded once, as a frame for WebSockets and as text for long polling. Where a socket has nothing
 * waiting, the frame goes straight to its connection; where it has, the packet queues in its engine, unless too much
 * does already.
 * `io.to(room).emit` makes a packet and two pieces per socket, copies the room and asks for listeners of outgoing
 * packets, of which there are none.
 *
 * @param json the event's one argument
 * @param except ids of sockets that do not get it
 */
export function sendToRoom(
  { io, slow }: Room,
  room: Scope,
  event: GroupEvent,
  json: string,
  except: readonly string[] = [],
): void {
  const members = io.sockets.adapter.rooms.get(room);
  if (!members) return;
  const packet = `${eventPacket}["${event}",${json}]`;
  const frame = textFrame(messageFrame + packet);
  const options = { compress: false, wsPreEncodedFrame: [frame] };
  for (const id of members) {
    if (except.includes(id)) continue;
    const socket = io.sockets.sockets.get(id);
    if (!socket || sendNow(socket.conn, frame)) continue;
    if (!slow.holdsBack(socket, room, event)) socket.conn.write(packet, options);
  }
}

/** An engine that is open and writable has handed on all that came before. */
function sendNow(conn: Connection, frame: Buffer): boolean {
  if (conn.readyState !== 'open' || !conn.transport.writable) return false;
  return frameSocketOf(conn)?.sendFrame(frame) ?? false;
}

/** Engine.IO 4: a message. */
const messageFrame = '4';
/** Socket.IO 5: an event, in the namespace that has no name. */
const eventPacket = '2';
