import type { Socket } from 'node:net';
import { type ServerOptions, WebSocket, WebSocketServer } from 'ws';
import { textFrame } from './text-frame.ts';

/**
 * A server's end of a WebSocket on which text leaves in one piece, header and payload together, straight to its
 * connection: no options, no queue and no gathering write per message. Nothing is deflated here, so there is nothing
 * that a frame could overtake.
 */
export class FrameSocket extends WebSocket {
  override send(data: unknown, options?: unknown, done?: unknown): void {
    const sent = typeof options === 'function' ? options : done;
    const connection = this.#connection;
    if (typeof data === 'string' && connection && isSent(sent)) {
      connection.write(textFrame(data), sent);
    } else Reflect.apply(super.send, this, [data, options, done]);
  }

  /**
   * Sends a whole frame, which others may get, too.
   *
   * @returns false where it cannot leave at once: then it has to queue behind what was sent before
   */
  sendFrame(frame: Buffer): boolean {
    const connection = this.#connection;
    if (!connection || connection.writableLength > 0) return false;
    connection.write(frame);
    return true;
  }

  /** Bytes of whole writes that the network has taken. */
  get bytesTaken(): number {
    const connection = this.#connection;
    return connection ? connection.bytesWritten - connection.writableLength : 0;
  }

  /** Where frames can go as they are; undefined where the library has something to say about them. */
  get #connection(): Socket | undefined {
    if (this.readyState !== WebSocket.OPEN || this.extensions !== '') return undefined;
    // A cast: what a WebSocket writes to is not in the library's types.
    const connection = Reflect.get(this, '_socket') as Socket | null;
    return connection?.writable ? connection : undefined;
  }
}

/** What Engine.IO makes its WebSockets with. */
export class FrameSocketServer extends WebSocketServer<typeof FrameSocket> {
  constructor(options: ServerOptions<typeof FrameSocket>) {
    super({ ...options, WebSocket: FrameSocket });
  }
}

function isSent(value: unknown): value is ((error?: Error | null) => void) | undefined {
  return value === undefined || typeof value === 'function';
}
