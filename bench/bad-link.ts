import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface BadLinkOptions {
  /** There and back. */
  readonly roundTripMs: number;
  /** Share of segments lost, 0 … 1. */
  readonly loss: number;
  /** Numbers in [0, 1); seeded, so that two systems meet the same weather. */
  readonly random: () => number;
}

export interface BadLink {
  readonly port: number;
  close(): Promise<void>;
}

/** What one TCP segment carries on an Ethernet path. */
const segmentBytes = 1_460;

/**
 * A TCP proxy in front of a local port that behaves like a bad mobile link. TCP hides loss: a lost segment and all
 * behind it arrive one round trip later, when it was sent again (fast retransmit, RFC 5681, 3.2). Bandwidth and
 * slow start are not modelled, so bulk transfer is faster here than on a real link, for everybody alike.
 */
export async function openBadLink(targetPort: number, options: BadLinkOptions): Promise<BadLink> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    carry(near, far, options);
    carry(far, near, options);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return {
    port: address.port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One way: delayed, in order. */
function carry(from: Socket, to: Socket, { roundTripMs, loss, random }: BadLinkOptions): void {
  let arrivesAtMs = 0;
  // Timers of nearly the same moment may fire in any order; bytes may not.
  const queue: (() => void)[] = [];
  const deliver = (run: () => void): void => {
    queue.push(run);
    setTimeout(() => queue.shift()?.(), Math.max(0, arrivesAtMs - performance.now()));
  };
  from.on('data', (data: Buffer) => {
    const sentAtMs = performance.now();
    for (let at = 0; at < data.length; at += segmentBytes) {
      const travelMs = roundTripMs / 2 + (random() < loss ? roundTripMs : 0);
      arrivesAtMs = Math.max(arrivesAtMs, sentAtMs + travelMs);
      const segment = data.subarray(at, at + segmentBytes);
      deliver(() => to.writable && to.write(segment));
    }
  });
  from.on('end', () => {
    arrivesAtMs = Math.max(arrivesAtMs, performance.now() + roundTripMs / 2);
    deliver(() => to.end());
  });
  from.on('close', () => deliver(() => to.destroy()));
}
