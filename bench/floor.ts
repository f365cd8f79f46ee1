import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { Peer, Subject } from './peer.ts';
import type { TrackRecord } from './track-record.ts';

type FloorOp = { readonly add: TrackRecord } | { readonly reg: unknown };

interface Doc {
  readonly list: TrackRecord[];
  reg: unknown;
}

/**
 * What every figure is a ratio to: a bare Socket.IO relay. One message and one ack per op, broadcast to everybody
 * else, kept in memory in arrival order. It merges nothing, loses what a lost link swallowed, and forgets all on exit.
 */
export const floor: Subject = {
  name: 'floor',
  kind: 'floor',
  found: async (_port, doc) => (port) => openFloorPeer(port, doc),
};

/** @returns stops it */
export async function startFloorServer(port: number): Promise<() => Promise<void>> {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
  const docs = new Map<string, Doc>();
  const docOf = (name: string): Doc => {
    const doc = docs.get(name) ?? { list: [], reg: null };
    docs.set(name, doc);
    return doc;
  };
  server.on('connection', (socket) => {
    let name = '';
    socket.on('join', (wanted: string, answer: (doc: Doc) => void) => {
      name = wanted;
      void socket.join(name);
      answer(docOf(name));
    });
    socket.on('op', (op: FloorOp, ack: (ok: number) => void) => {
      const doc = docOf(name);
      if ('add' in op) doc.list.push(op.add);
      else doc.reg = op.reg;
      socket.to(name).emit('op', op);
      ack(1);
    });
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return () => server.close();
}

function openFloorPeer(port: number, doc: string): Peer {
  const onChange = new Set<() => void>();
  const onReg = new Set<(value: unknown) => void>();
  let socket: Socket | undefined;
  let list: TrackRecord[] = [];
  let reg: unknown = null;
  const waiting: { readonly op: FloorOp; readonly acked: () => void }[] = [];
  let whenDrained: (() => void) | undefined;

  const show = (): void => {
    for (const listener of onChange) listener();
  };
  const emit = (op: FloorOp): void => {
    socket?.emit('op', op, () => {
      waiting.shift()?.acked();
      if (waiting.length === 0) whenDrained?.();
    });
  };
  const send = (op: FloorOp, acked: () => void = () => {}): void => {
    waiting.push({ op, acked });
    if (socket?.connected) emit(op);
  };

  return {
    connect: () =>
      new Promise((resolve) => {
        socket = io(`http://127.0.0.1:${port}`, {
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
        });
        socket.on('op', (op: FloorOp) => {
          if ('add' in op) list.push(op.add);
          else {
            reg = op.reg;
            for (const listener of onReg) listener(reg);
          }
          show();
        });
        socket.on('connect', () => {
          socket?.emit('join', doc, (known: Doc) => {
            list = [...known.list];
            reg = known.reg ?? reg;
            for (const { op } of waiting) {
              if ('add' in op) list.push(op.add);
              else reg = op.reg;
            }
            whenDrained = resolve;
            if (waiting.length === 0) resolve();
            for (const { op } of [...waiting]) emit(op);
            show();
          });
        });
      }),
    async disconnect() {
      socket?.disconnect();
    },
    append(track) {
      list.push(track);
      send({ add: track });
    },
    setReg: (value) =>
      new Promise((resolve) => {
        reg = value;
        send({ reg: value }, resolve);
      }),
    length: () => list.length,
    ids: () => list.map(({ id }) => id),
    reg: () => reg,
    onChange(listener) {
      onChange.add(listener);
      return () => onChange.delete(listener);
    },
    onReg: (listener) => void onReg.add(listener),
    async close() {
      socket?.disconnect();
    },
  };
}
