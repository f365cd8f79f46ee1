import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type Answer, socketPath, type WireError } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { BusHealth } from '../ports/bus.ts';
import type { Timers } from '../ports/timers.ts';
import { actor, createSyncBench, makeGroup, type SyncBench } from '../sync/sync-fixture.ts';
import { defaultAdmission } from './admission.ts';
import { createGateway, type Gateway } from './gateway.ts';
import type { GatewayDeps } from './gateway-deps.ts';

/** A gateway on a port of its own, for real sockets; time passes when the test says so. */
export interface GatewayBench extends SyncBench {
  readonly gateway: Gateway;
  readonly httpServer: Server;
  readonly url: string;
  /** Runs what is due every second, `count` times, a second of the clock apart. */
  seconds(count: number): void;
  /** Whom tokens speak for; a token is a user id until a test puts something else here. */
  readonly tokens: Map<string, Actor>;
  open(userId: string): Promise<TestSocket>;
  close(): Promise<void>;
}

export interface TestSocket {
  readonly socket: Socket;
  /** @throws {JamzError} what the server answered */
  ask<T>(event: string, payload: unknown): Promise<T>;
  /** The next message of a kind that has not been taken yet. */
  next<T>(event: string): Promise<T>;
  /** Those that have come and have not been taken. */
  waiting(event: string): number;
}

export interface GatewayBenchOptions extends Pick<GatewayDeps, 'slow' | 'pingEveryMs'> {
  /** What the bus says of itself; of one process it is always whole. */
  readonly health?: () => BusHealth;
}

export async function createGatewayBench({
  health,
  ...options
}: GatewayBenchOptions = {}): Promise<GatewayBench> {
  const bench = createSyncBench();
  await makeGroup(bench);
  const httpServer = createServer();
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;

  const everySecond = new Set<() => void>();
  const timers: Timers = {
    every(_periodMs, run) {
      everySecond.add(run);
      return () => everySecond.delete(run);
    },
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    afterTurn: (run) => void setImmediate(run),
  };
  const tokens = new Map(['ana', 'bo', 'eve'].map((userId) => [userId, actor(userId)]));
  const gateway = createGateway({
    ...bench,
    ...options,
    bus: { ...bench.bus, ...(health && { health }) },
    httpServer,
    timers,
    log: bench.store.log,
    familyAlive: async () => true,
    monotonicMs: () => performance.now(),
    admission: defaultAdmission,
    random: () => 0.5,
    onBug: (error) => void bench.bugs.push(error),
    async authenticate(token, siteKey) {
      const known = tokens.get(token);
      if (known && siteKey === 'pk_demo') return known;
      throw new JamzError('unauthenticated', 'This token is not good');
    },
    groupsOf: async (userId) =>
      (await bench.store.memberships.ofUser(userId)).map(
        ({ groupId, name, role, memberCount }) => ({
          id: groupId,
          name,
          role,
          memberCount,
        }),
      ),
  });
  const sockets = new Set<Socket>();
  return {
    ...bench,
    gateway,
    httpServer,
    url,
    tokens,
    seconds(count) {
      for (let second = 0; second < count; second++) {
        bench.clock.advance(1_000);
        for (const run of everySecond) run();
      }
    },
    async open(token) {
      const opened = await openSocket(url, { version: 1, site: 'pk_demo', token });
      sockets.add(opened.socket);
      return opened;
    },
    async close() {
      for (const socket of sockets) socket.disconnect();
      await gateway.stop();
      httpServer.closeAllConnections();
      httpServer.close();
      await bench.store.close();
    },
  };
}

/** @throws {JamzError} what the handshake was refused with */
export async function openSocket(
  url: string,
  auth: object,
  transports: string[] = ['websocket'],
): Promise<TestSocket> {
  const socket = io(url, {
    path: socketPath,
    auth,
    transports,
    reconnection: false,
    forceNew: true,
  });
  const inbox = new Map<string, unknown[]>();
  const takers = new Map<string, ((message: unknown) => void)[]>();
  const deliver = (event: string, message: unknown): void => {
    const taker = takers.get(event)?.shift();
    if (taker) taker(message);
    else inbox.set(event, [...(inbox.get(event) ?? []), message]);
  };
  socket.onAny(deliver);
  socket.on('disconnect', (reason) => deliver('disconnect', reason));
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', (error: Error & { data?: WireError }) => {
      socket.disconnect();
      reject(error.data ? new JamzError(error.data.code, error.data.message) : error);
    });
  });
  return {
    socket,
    async ask<T>(event: string, payload: unknown) {
      const answer: Answer<T> = await socket.timeout(60_000).emitWithAck(event, payload);
      if ('ok' in answer) return answer.ok;
      const { code, message, retryAfterMs } = answer.error;
      throw new JamzError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
    },
    next<T>(event: string) {
      const [first, ...rest] = inbox.get(event) ?? [];
      if (first !== undefined) {
        inbox.set(event, rest);
        return Promise.resolve(first as T);
      }
      return new Promise<T>((resolve) => {
        const taker = (message: unknown) => resolve(message as T);
        takers.set(event, [...(takers.get(event) ?? []), taker]);
      });
    },
    waiting: (event) => inbox.get(event)?.length ?? 0,
  };
}
