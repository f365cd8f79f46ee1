import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './figures.ts';
import type { LoadOrder, LoadResult } from './load-clients.ts';
import type { LoadMember, LoadSubject, SeatedMember } from './load-subject.ts';
import { type ServerHandle, startServer } from './server-handle.ts';

export interface LoadTurn {
  readonly subject: LoadSubject;
  readonly sockets: number;
  readonly membersEach: number;
  /** Writes, of all together. */
  readonly perSecond: number;
  readonly seconds: number;
  /** Of the server, on one folder. */
  readonly processes: number;
  /** What each of them is told besides. */
  readonly env: Readonly<Record<string, string>>;
}

/** A turn's figures by their names. */
export type Taken = Readonly<Record<string, number>>;

const clientProcesses = 4;

/** Opens all sockets, measures memory, lets everybody write in turn, and ends all of it. */
export async function takeTurn(turn: LoadTurn): Promise<Taken> {
  const { subject, sockets, membersEach, perSecond, seconds } = turn;
  const dir = await mkdtemp(join(tmpdir(), 'jamz-load-'));
  const servers: ServerHandle[] = [];
  for (let process = 0; process < turn.processes; process++) {
    servers.push(await startServer(subject.name, dir, turn.env));
  }
  /** Of all processes together. */
  const sum = async (ask: (server: ServerHandle) => Promise<number>): Promise<number> =>
    (await Promise.all(servers.map(ask))).reduce((one, other) => one + other, 0);
  const ports = servers.map(({ port }) => port);
  const groups = Math.ceil(sockets / membersEach);
  const members = seated(await subject.found(ports[0] ?? 0, groups, membersEach), groups, ports);
  // What starting and founding left behind is gone.
  await sleep(3_000);
  const heapBefore = await sum((server) => server.heapBytes());
  const rssBefore = await sum((server) => server.rssBytes());
  const clients = Array.from({ length: clientProcesses }, () => {
    const entry = join(import.meta.dirname, 'load-clients.ts');
    return fork(entry, [subject.name], { serialization: 'advanced' });
  });
  const openMs = performance.now();
  await all(clients, (index) => ({ kind: 'open', members: share(members, index) }));
  const openedMs = performance.now() - openMs;
  // What opening them left behind is gone.
  await sleep(3_000);
  const heap = (await sum((server) => server.heapBytes())) - heapBefore;
  const rss = (await sum((server) => server.rssBytes())) - rssBefore;
  const write = (forMs: number) => (): LoadOrder => {
    return { kind: 'write', perSecond: perSecond / clientProcesses, forMs };
  };
  // Everybody's first write takes longer: each has had one.
  await all(clients, write(1_000 + (1_000 * sockets) / perSecond));
  const cpuBefore = await sum((server) => server.cpuMs());
  const results = (await all(clients, write(1_000 * seconds))) as LoadResult[];
  const cpuMs = (await sum((server) => server.cpuMs())) - cpuBefore;
  const ackMs = results.flatMap((result) => result.ackMs);
  const fanOutMs = results.flatMap((result) => result.fanOutMs);
  for (const client of clients) client.disconnect();
  await Promise.all(clients.map((client) => once(client, 'exit')));
  for (const server of servers) await server.stop();
  await rm(dir, { recursive: true });
  return {
    'heap per socket, bytes': heap / members.length,
    'memory per socket, bytes': rss / members.length,
    'opened per second': (1_000 * members.length) / openedMs,
    'ack p50, ms': percentile(ackMs, 50),
    'ack p99, ms': percentile(ackMs, 99),
    'fan-out p50, ms': percentile(fanOutMs, 50),
    'fan-out p99, ms': percentile(fanOutMs, 99),
    'delivered, %': (100 * fanOutMs.length) / (ackMs.length * (membersEach - 1)),
    'server CPU per write, ms': cpuMs / ackMs.length,
  };
}

/** The members of each group, spread over the processes: what one of them writes crosses from one to the other. */
function seated(
  members: readonly LoadMember[],
  groups: number,
  ports: readonly number[],
): readonly SeatedMember[] {
  // The list is all first members, then all second ones …
  return members.map((member, at) => {
    const port = ports[Math.floor(at / groups) % ports.length] ?? 0;
    return { ...member, port };
  });
}

/** Gives each process an order. @returns what they answer */
function all(
  clients: readonly ChildProcess[],
  order: (index: number) => LoadOrder,
): Promise<readonly unknown[]> {
  return Promise.all(
    clients.map(async (client, index) => {
      const answered = once(client, 'message');
      client.send(order(index));
      const [answer] = await Promise.race([answered, once(client, 'exit')]);
      const failed = answer as { readonly failed?: string } | number | null;
      if (typeof failed !== 'object' || failed === null || failed.failed !== undefined) {
        throw new Error(`A process of clients failed: ${JSON.stringify(failed)}`);
      }
      return answer;
    }),
  );
}

function share(members: readonly SeatedMember[], index: number): readonly SeatedMember[] {
  return members.filter((_, at) => at % clientProcesses === index);
}
