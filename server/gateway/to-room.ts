import type { Server } from 'socket.io';
import { textFrame } from './text-frame.ts';

/**
 * Sends an event to every socket in a room, in this process.
 *
 * The packet is encoded once, as text for long polling and as a frame for WebSockets, and handed to each socket's
 * engine as it is. `io.to(room).emit` does the same in two pieces per socket, copies the room and asks for listeners
 * of outgoing packets, of which there are none.
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
  const options = { compress: false, wsPreEncodedFrame: [textFrame(messageFrame + packet)] };
  for (const id of members) {
    if (!except.includes(id)) io.sockets.sockets.get(id)?.conn.write(packet, options);
  }
}

/** Engine.IO 4: a message. */
const messageFrame = '4';
/** Socket.IO 5: an event, in the namespace that has no name. */
const eventPacket = '2';
