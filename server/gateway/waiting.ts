import type { Socket } from 'socket.io';
import { FrameSocket } from './frame-socket.ts';

export type Connection = Socket['conn'];

/** What waits in front of connections that take no more for now. */
export interface Waiting {
  /** @param grown told of a message that has to queue, before it does */
  watch(conn: Connection, grown: (bytes: number) => void): void;
  /** Bytes that a socket's reader has not taken, as far as they lie in this process. */
  bytes(conn: Connection): number;
  /** Those of them that lie here for this socket alone: a frame for many is in memory once. */
  ownBytes(conn: Connection): number;
  /** Grows whenever the reader takes something. */
  taken(conn: Connection): number;
}

/** A packet that Engine.IO is about to queue. */
interface Packet {
  readonly data?: { readonly length: number };
  readonly options: { readonly wsPreEncodedFrame?: unknown };
}

/** What is in an engine's queue, and what it handed on last. */
interface Queue {
  shared: number;
  own: number;
  ownHandedOn: number;
  flushes: number;
}

/** Without a look at every message of a queue: what is put into one is added up until it is emptied. */
export function createWaiting(): Waiting {
  const queues = new WeakMap<Connection, Queue>();

  const bytes = (conn: Connection): number => {
    const { shared, own } = queues.get(conn) ?? empty;
    return shared + own + inConnection(conn);
  };

  return {
    watch(conn, grown) {
      const queue: Queue = { ...empty };
      queues.set(conn, queue);
      conn.on('packetCreate', ({ data, options }: Packet) => {
        const length = data?.length ?? 0;
        if (options.wsPreEncodedFrame) queue.shared += length;
        else queue.own += length;
        // Else it leaves within the call.
        if (!conn.transport.writable) grown(bytes(conn));
      });
      conn.on('flush', () => {
        queue.ownHandedOn = queue.own;
        queue.shared = 0;
        queue.own = 0;
        queue.flushes += 1;
      });
    },
    bytes,
    ownBytes(conn) {
      const { own, ownHandedOn } = queues.get(conn) ?? empty;
      return own + Math.min(ownHandedOn, inConnection(conn));
    },
    taken: (conn) => (queues.get(conn)?.flushes ?? 0) + (frameSocketOf(conn)?.bytesTaken ?? 0),
  };
}

const empty: Readonly<Queue> = { shared: 0, own: 0, ownHandedOn: 0, flushes: 0 };

function inConnection(conn: Connection): number {
  return frameSocketOf(conn)?.bufferedAmount ?? 0;
}

/** Ends a connection without waiting for who does not read: what lay there for them is gone. */
export function cutOff(conn: Connection): void {
  const socket = frameSocketOf(conn);
  if (socket) socket.terminate();
  else conn.close(true);
}

/** Undefined for long polling, whose messages wait in Engine.IO alone. */
export function frameSocketOf({ transport }: Connection): FrameSocket | undefined {
  // Not in the types: a WebSocket, where that is what the transport goes over.
  const socket: unknown = Reflect.get(transport, 'socket');
  return socket instanceof FrameSocket ? socket : undefined;
}
