import type { Server, Socket } from 'socket.io';
import { FrameSocket } from './frame-socket.ts';
import { textFrame } from './text-frame.ts';

/**
 * Sends an event to every socket in a room, in this process.
 *
 * The packet is encoded once, as a frame for WebSockets and as text for long polling. Where a socket has nothing
 * waiting, the frame goes straight to its connection; where it has, the packet queues in its engine.
 * `io.to(room).emit` makes a packet and two pieces per socket, copies the room and asks for listeners of outgoing
 * packets, of which there are none.
 *
 * @param json the event's one argument
 * @param except ids of sockets that do not get it
 */
export function sendToRoom(
  io: Server,
  room: string,
  event: string,
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
    const conn = io.sockets.sockets.get(id)?.conn;
    if (conn && !sendNow(conn, frame)) conn.write(packet, options);
  }
}

/** An engine that is open and writable has handed on all that came before. */
function sendNow({ readyState, transport }: Socket['conn'], frame: Buffer): boolean {
  if (readyState !== 'open' || !transport.writable) return false;
  // Not in the types: a WebSocket, where that is what the transport goes over.
  const socket: unknown = Reflect.get(transport, 'socket');
  return socket instanceof FrameSocket && socket.sendFrame(frame);
}

/** Engine.IO 4: a message. */
const messageFrame = '4';
/** Socket.IO 5: an event, in the namespace that has no name. */
const eventPacket = '2';
