import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { seededRandom } from '../sdk/testing/seeded-random.ts';
import { openBadLink } from './bad-link.ts';
import { measureBareList, measureElements } from './elements.ts';
import { percentile } from './figures.ts';
import { floor } from './floor.ts';
import { foldMs } from './fold.ts';
import { measureInChromium } from './in-chromium.ts';
import { ours } from './replica.ts';
import { backInStep, drain, fanOut, fill, join, merge, type Open } from './scenarios.ts';
import { type ServerHandle, startServer } from './server-handle.ts';

/**
 * One scenario of one subject in a process of its own, with a server of its own: `client-process.ts <floor|ours>
 * <scenario>`. Nothing is warm, as in a page that has just been opened. Sends its figures to `run.ts`.
 */
const subject = process.argv[2] === 'floor' ? floor : ours;
const scenario = process.argv[3] ?? '';
const badWeather = { roundTripMs: 300, loss: 0.02 };

const dir = await mkdtemp(joinPath(tmpdir(), 'jamz-bench-'));
let server: ServerHandle = await startServer(subject.kind, dir);
const bytes = (): Promise<number> => server.bytes();

/** A new list, reached through `port`. */
async function list(port = server.port): Promise<Open> {
  const openAt = await subject.found(server.port, 'list');
  return (name) => openAt(port, name);
}

async function measureDrain(count: number, port?: number): Promise<Record<string, number>> {
  const { enqueueMs, drainMs, bytesPerOp } = await drain(await list(port), count, bytes);
  return { 'enqueue, ms': enqueueMs, 'drain, ms': drainMs, 'bytes per op': bytesPerOp };
}

async function measureMerge(port?: number): Promise<Record<string, number>> {
  const { mergeMs, lost, isSameOrder } = await merge(await list(port), 2_000);
  const merged = { 'merge, ms': mergeMs, 'items lost': lost };
  // The floor does not merge: its replicas may differ, and that is no figure.
  return subject === ours ? { ...merged, 'orders that differ': isSameOrder ? 0 : 1 } : merged;
}

async function measureJoins(): Promise<Record<string, number>> {
  const openAt = await subject.found(server.port, 'list');
  const open: Open = (name) => openAt(server.port, name);
  await fill(open, 10_000);
  const warm = await join(open, 10_000, bytes);
  const figures = { 'warm, ms': warm.joinMs, 'warm, bytes': warm.bytes };
  if (subject === floor) return figures;
  await server.stop();
  server = await startServer(subject.kind, dir);
  const cold = await join(open, 10_000, bytes);
  return { ...figures, 'from disk, ms': cold.joinMs };
}

async function onBadLink<T>(run: (port: number) => Promise<T>): Promise<T> {
  const link = await openBadLink(server.port, { ...badWeather, random: seededRandom(7) });
  try {
    return await run(link.port);
  } finally {
    await link.close();
  }
}

const scenarios: Readonly<Record<string, () => Promise<Record<string, number>>>> = {
  async 'fan-out'() {
    const pace = { readers: 50, updates: 600, perSecond: 60 };
    const open = await list();
    const { ackMs, fanOutMs, cpuMs } = await fanOut(open, pace, () => server.cpuMs());
    return Object.fromEntries([
      ...[50, 95, 99].map((percent) => [`ack p${percent}, ms`, percentile(ackMs, percent)]),
      ...[50, 95, 99].map((percent) => [`p${percent}, ms`, percentile(fanOutMs, percent)]),
      ['server CPU, ms', cpuMs],
      ['seen, %', (100 * fanOutMs.length) / (pace.readers * pace.updates)],
    ]);
  },
  'drain 1000': () => measureDrain(1_000),
  'drain 10000': () => measureDrain(10_000),
  'merge 2 × 2000': () => measureMerge(),
  'join 10000': () => measureJoins(),
  'bad link, drain 1000': () => onBadLink((port) => measureDrain(1_000, port)),
  'bad link, merge 2 × 2000': () => onBadLink((port) => measureMerge(port)),
  'bad link, join 10000': async () => {
    const openAt = await subject.found(server.port, 'list');
    await fill((name) => openAt(server.port, name), 10_000);
    return onBadLink(async (port) => {
      const { joinMs } = await join((name) => openAt(port, name), 10_000, bytes);
      return { ms: joinMs };
    });
  },
  'bad link, 100 offline ops': () =>
    onBadLink(async (port) => ({ 'in step, ms': await backInStep(await list(port), 100) })),
  'in Chromium': async (): Promise<Record<string, number>> =>
    subject === ours ? measureInChromium(server.port) : {},
  elements: async (): Promise<Record<string, number>> =>
    subject === ours ? measureElements(server.port) : measureBareList(),
  'fold 10000': async (): Promise<Record<string, number>> =>
    subject === ours ? { ms: foldMs(10_000) } : {},
};

const figures = await scenarios[scenario]?.();
await server.stop();
await rm(dir, { recursive: true });
process.send?.(figures ?? {}, () => process.exit());
