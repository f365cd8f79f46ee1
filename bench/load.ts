import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Figure, percentile, tableOf } from './figures.ts';
import type { LoadOrder, LoadResult } from './load-clients.ts';
import { floorLoad, type LoadMember, type LoadSubject, oursLoad } from './load-subject.ts';
import { writeLoad } from './report.ts';
import { startServer } from './server-handle.ts';

/**
 * `npm run bench:load`: ten thousand sockets on one process, in groups of ten, beside a bare Socket.IO relay in the same
 * run. First they only are there, and memory is measured; then everybody writes in turn, durable with us, and every
 * write reaches the nine others. `--write docs/performance.md` puts the figures into that page.
 */
const { values: options } = parseArgs({
  options: {
    sockets: { type: 'string', default: '10000' },
    members: { type: 'string', default: '10' },
    /** Writes; the default makes 20,000 deliveries of them. */
    'per-second': { type: 'string', default: '2223' },
    seconds: { type: 'string', default: '20' },
    times: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
});
const sockets = Number(options.sockets);
const membersEach = Number(options.members);
const perSecond = Number(options['per-second']);
const clientProcesses = 4;
/** Everybody's first write takes longer: each has had one. */
const warmUpMs = 1_000 + (1_000 * sockets) / perSecond;

type Taken = Readonly<Record<string, number>>;

async function takeTurn(subject: LoadSubject): Promise<Taken> {
  const dir = await mkdtemp(join(tmpdir(), 'jamz-load-'));
  const server = await startServer(subject.name, dir);
  const members = await subject.found(server.port, Math.ceil(sockets / membersEach), membersEach);
  const heapBefore = await server.heapBytes();
  const rssBefore = await server.rssBytes();
  const clients = Array.from({ length: clientProcesses }, () => {
    const entry = join(import.meta.dirname, 'load-clients.ts');
    return fork(entry, [subject.name, String(server.port)], { serialization: 'advanced' });
  });
  const openMs = performance.now();
  await all(clients, (index) => ({ kind: 'open', members: share(members, index) }));
  const openedMs = performance.now() - openMs;
  // What opening them left behind is gone.
  await sleep(3_000);
  const heap = (await server.heapBytes()) - heapBefore;
  const rss = (await server.rssBytes()) - rssBefore;
  const write = (forMs: number) => (): LoadOrder => {
    return { kind: 'write', perSecond: perSecond / clientProcesses, forMs };
  };
  await all(clients, write(warmUpMs));
  const cpuBefore = await server.cpuMs();
  const results = (await all(clients, write(1_000 * Number(options.seconds)))) as LoadResult[];
  const cpuMs = (await server.cpuMs()) - cpuBefore;
  const ackMs = results.flatMap((result) => result.ackMs);
  const fanOutMs = results.flatMap((result) => result.fanOutMs);
  for (const client of clients) client.disconnect();
  await Promise.all(clients.map((client) => once(client, 'exit')));
  await server.stop();
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

function share(members: readonly LoadMember[], index: number): readonly LoadMember[] {
  return members.filter((_, at) => at % clientProcesses === index);
}

const aims: Readonly<Record<string, NonNullable<Figure['goal']>>> = {
  'heap per socket, bytes': { kind: 'ratio', atMost: 1.5 },
  'memory per socket, bytes': { kind: 'ratio', atMost: 1.5 },
  'ack p99, ms': { kind: 'value', atMost: 50 },
  'fan-out p99, ms': { kind: 'value', atMost: 50 },
};

const base: Taken[] = [];
const own: Taken[] = [];
for (let turn = 0; turn < Number(options.times); turn++) {
  base.push(await takeTurn(floorLoad));
  own.push(await takeTurn(oursLoad));
}
const median = (of: readonly Taken[], name: string): number =>
  percentile(
    of.map((taken) => taken[name] ?? Number.NaN),
    50,
  );
const figures = Object.keys(own[0] ?? {}).map((name): Figure => {
  const goal = aims[name];
  return { name, floor: median(base, name), ours: median(own, name), ...(goal && { goal }) };
});
const machine = `${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`;
const what = `${sockets.toLocaleString('en')} sockets in groups of ${membersEach}, ${perSecond.toLocaleString('en')} writes a second in them, which are ${(perSecond * (membersEach - 1)).toLocaleString('en')} deliveries`;
if (options.json) console.log(JSON.stringify({ machine, what, figures }));
else console.log(`\n${what}\n${machine}\n\n${tableOf(figures)}`);
if (options.write !== undefined) {
  const date = new Date().toISOString().slice(0, 10);
  writeLoad(options.write, { date, machine, times: Number(options.times) }, what, figures);
}
