import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface JitterProxyOptions {
  /** One way, there, ms: never less than the first, at most the second. */
  readonly upMs: readonly [least: number, most: number];
  /** One way, back, ms. */
  readonly downMs: readonly [least: number, most: number];
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** A link whose two ways differ, and differ from one moment to the next. */
export interface JitterProxy {
  readonly port: number;
  /** Cut, no byte passes and nobody is told, as in a tunnel; what was under way is lost with its connections. */
  cut(on: boolean): void;
  close(): Promise<void>;
}

/** A TCP proxy in front of a local port. Bytes keep their order, so a late one holds up those behind it. */
export async function openJitterProxy(
  targetPort: number,
  { upMs, downMs, random }: JitterProxyOptions,
): Promise<JitterProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    carry(near, far, upMs);
    carry(far, near, downMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');

  function carry(from: Socket, to: Socket, [leastMs, mostMs]: readonly [number, number]): void {
    let arrivesAtMs = 0;
    // Timers of nearly the same moment may fire in any order; bytes may not.
    const queue: (() => void)[] = [];
    const deliver = (run: () => void): void => {
      const delayMs = leastMs + random() * (mostMs - leastMs);
      arrivesAtMs = Math.max(arrivesAtMs, performance.now() + delayMs);
      queue.push(run);
      setTimeout(() => queue.shift()?.(), Math.max(0, arrivesAtMs - performance.now()));
    };
    from.on('data', (data: Buffer) => deliver(() => !isCut && to.writable && to.write(data)));
    from.on('end', () => deliver(() => to.end()));
    from.on('close', () => deliver(() => to.destroy()));
  }

  return {
    port: address.port,
    cut(on) {
      isCut = on;
      // Streams with a hole in them are of no use.
      if (!on) for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
