import { join } from 'node:path';
import { startBenchServer } from './bench-server.ts';
import { openDurableLog } from './durable-log.ts';
import type { Peer } from './peer.ts';
import { addressOf, type BenchGroup, foundGroup, openReplica } from './replica.ts';

/**
 * The real SDK and the real server for a harness that compares sync engines: its server process calls
 * {@link startServer}, its worker process the other two.
 */
export const meta: {
  readonly name: string;
  readonly durable: boolean;
  readonly flushMs: number;
  readonly persistence: string;
  readonly model: string;
} = {
  name: 'trafficjamz',
  durable: true,
  flushMs: 0,
  persistence: 'SQLite, WAL, synchronous=FULL; an ack is durable',
  model: 'server-ordered log of ops, one merge function on both sides',
};

export interface PeerServer {
  count(doc: BenchGroup): Promise<number>;
  state(doc: BenchGroup): Promise<{ readonly ids: readonly string[]; readonly reg: unknown }>;
  close(): Promise<void>;
}

/** Counts and states are read from the disk, not from the server's memory. */
export async function startServer({
  dir,
  port,
}: {
  readonly dir: string;
  readonly port: number;
}): Promise<PeerServer> {
  const server = await startBenchServer(dir, port);
  const log = openDurableLog(join(dir, 'trafficjamz.sqlite'));
  return {
    count: ({ groupId }) => log.addedItems(groupId),
    async state({ groupId, placeId }) {
      const { playlist, places } = await log.fold(groupId);
      const ids = playlist.order.toArray().map(({ trackId }) => trackId ?? '');
      return { ids, reg: JSON.parse(places.get(placeId)?.name ?? 'null') };
    },
    async close() {
      await log.close();
      await server.stop();
    },
  };
}

export function createDoc({
  port,
  name,
}: {
  readonly port: number;
  readonly name: string;
}): Promise<BenchGroup> {
  return foundGroup(addressOf(port), name);
}

/** A write's ack is left alone: the harness waits for effects. */
export interface PeerClient extends Omit<Peer, 'setReg'> {
  setReg(value: unknown): void;
}

export async function createClient({
  port,
  doc,
  name,
}: {
  readonly port: number;
  readonly doc: BenchGroup;
  readonly name: string;
}): Promise<PeerClient> {
  const replica = openReplica(addressOf(port), doc, name);
  return {
    ...replica,
    setReg(value) {
      replica.setReg(value).catch((error: unknown) => console.error(error));
    },
  };
}
