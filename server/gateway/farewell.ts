import type { Socket } from 'socket.io';
import type { WireError } from '../../sdk/protocol/wire.ts';

/** Ends a socket that the server decided to end, saying why. What was sent before still arrives. */
export function farewell(socket: Socket, reason: WireError): void {
  socket.emit('bye', reason);
  socket.disconnect(true);
}
