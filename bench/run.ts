import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { parseArgs } from 'node:util';
import { openBadLink, seededRandom } from './bad-link.ts';
import { type Figure, percentile, tableOf } from './figures.ts';
import { floor } from './floor.ts';
import { foldMs } from './fold.ts';
import type { Subject } from './peer.ts';
import { ours } from './replica.ts';
import {
  backInStep,
  type Drain,
  drain,
  type FanOut,
  fanOut,
  fill,
  type Join,
  join,
  type Merge,
  median,
  merge,
  type Open,
} from './scenarios.ts';
import { startServer } from './server-handle.ts';

/**
 * `npm run bench`: the real SDK and the real server beside a bare Socket.IO relay, measured in one run.
 * `--only fan-out,drain,join,merge,bad-link,fold` measures less, `--times 3` repeats what is quick, `--json` is for
 * machines.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'fan-out,drain,join,merge,bad-link,fold' },
    times: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const wanted = new Set(options.only.split(','));
const times = Number(options.times);
const badLink = { roundTripMs: 300, loss: 0.02 };

interface Measured {
  readonly fanOut?: FanOut;
  readonly drains: ReadonlyMap<string, Drain>;
  readonly merges: ReadonlyMap<string, Merge>;
  readonly joins: ReadonlyMap<string, Join>;
  readonly inStepMs?: number;
}

async function measure(subject: Subject): Promise<Measured> {
  const dir = await mkdtemp(joinPath(tmpdir(), 'jamz-bench-'));
  let server = await startServer(subject.kind, dir);
  const bytes = (): Promise<number> => server.bytes();
  const drains = new Map<string, Drain>();
  const merges = new Map<string, Merge>();
  const joins = new Map<string, Join>();
  let lists = 0;
  const found = (): ReturnType<Subject['found']> => subject.found(server.port, `list ${++lists}`);
  const onList = async <T>(port: number, run: (open: Open) => Promise<T>): Promise<T> => {
    const openAt = await found();
    return run((name) => openAt(port, name));
  };
  const drainOf = (count: number, port = server.port): Promise<Drain> =>
    median(
      times,
      () => onList(port, (open) => drain(open, count, bytes)),
      (one) => one.drainMs,
    );
  const mergeOf = (port = server.port): Promise<Merge> =>
    median(
      times,
      () => onList(port, (open) => merge(open, 2_000)),
      (one) => one.mergeMs,
    );

  let fanned: FanOut | undefined;
  let inStepMs: number | undefined;
  if (wanted.has('fan-out')) {
    const pace = { readers: 50, updates: 600, perSecond: 60 };
    fanned = await onList(server.port, (open) => fanOut(open, pace));
  }
  if (wanted.has('drain')) {
    for (const count of [1_000, 10_000]) drains.set(`${count}`, await drainOf(count));
  }
  if (wanted.has('merge')) merges.set('good link', await mergeOf());
  if (wanted.has('join')) {
    const openAt = await found();
    await fill((name) => openAt(server.port, name), 10_000);
    const joined = (): Promise<Join> => join((name) => openAt(server.port, name), 10_000, bytes);
    joins.set('warm', await median(times, joined, (one) => one.joinMs));
    if (subject.name === 'ours') {
      await server.stop();
      server = await startServer(subject.kind, dir);
      joins.set('disk', await joined());
    }
  }
  if (wanted.has('bad-link')) {
    const { port, close } = await openBadLink(server.port, { ...badLink, random: seededRandom(7) });
    drains.set('bad link', await drainOf(1_000, port));
    merges.set('bad link', await mergeOf(port));
    const openAt = await found();
    await fill((name) => openAt(server.port, name), 10_000);
    const joined = (): Promise<Join> => join((name) => openAt(port, name), 10_000, bytes);
    joins.set('bad link', await median(times, joined, (one) => one.joinMs));
    inStepMs = await median(
      times,
      () => onList(port, (open) => backInStep(open, 100)),
      (ms) => ms,
    );
    await close();
  }
  await server.stop();
  await rm(dir, { recursive: true });
  return {
    drains,
    merges,
    joins,
    ...(fanned ? { fanOut: fanned } : {}),
    ...(inStepMs === undefined ? {} : { inStepMs }),
  };
}

const [base, own] = [await measure(floor), await measure(ours)];
const figures: Figure[] = [];

function add(
  name: string,
  read: (measured: Measured) => number | undefined,
  goal?: Figure['goal'],
): void {
  const [floorValue, value] = [read(base), read(own)];
  if (value === undefined) return;
  figures.push({
    name,
    ours: value,
    ...(floorValue === undefined ? {} : { floor: floorValue }),
    ...(goal ? { goal } : {}),
  });
}
const ratio = (atMost: number): Figure['goal'] => ({ kind: 'ratio', atMost });
const value = (atMost: number): Figure['goal'] => ({ kind: 'value', atMost });

for (const percent of [50, 95, 99]) {
  add(`ack p${percent}, ms`, (one) => one.fanOut && percentile(one.fanOut.ackMs, percent));
}
for (const percent of [50, 95, 99]) {
  const goal = percent === 95 ? ratio(1.15) : undefined;
  add(
    `fan-out p${percent}, ms`,
    (one) => one.fanOut && percentile(one.fanOut.fanOutMs, percent),
    goal,
  );
}
add('fan-out seen, %', (one) => one.fanOut && one.fanOut.fanOutMs.length / 300);
for (const key of ['1000', '10000', 'bad link']) {
  const label = key === 'bad link' ? '1000 on the bad link' : key;
  const isGoal = key === '10000';
  add(
    `enqueue ${label}, ms`,
    (one) => one.drains.get(key)?.enqueueMs,
    isGoal ? value(200) : undefined,
  );
  add(`drain ${label}, ms`, (one) => one.drains.get(key)?.drainMs, isGoal ? ratio(0.3) : undefined);
  add(`drain ${label}, bytes per op`, (one) => one.drains.get(key)?.bytesPerOp);
}
for (const [key, goal] of [
  ['good link', ratio(0.24)],
  ['bad link', undefined],
] as const) {
  add(`merge 2 × 2000, ${key}, ms`, (one) => one.merges.get(key)?.mergeMs, goal);
  add(`merge 2 × 2000, ${key}, items lost`, (one) => one.merges.get(key)?.lost);
}
add('join 10000, warm, ms', (one) => one.joins.get('warm')?.joinMs, ratio(1.3));
add('join 10000, warm, bytes', (one) => one.joins.get('warm')?.bytes, ratio(0.87));
add('join 10000, from disk, ms', (one) => one.joins.get('disk')?.joinMs, value(155));
add('join 10000, bad link, ms', (one) => one.joins.get('bad link')?.joinMs);
add('100 offline ops in step, bad link, ms', (one) => one.inStepMs, value(2_000));
if (wanted.has('fold')) figures.push({ name: 'fold 10000 ops, ms', ours: foldMs(10_000) });

if (options.json)
  console.log(JSON.stringify({ cpu: cpus()[0]?.model, node: process.version, figures }));
else console.log(`${cpus()[0]?.model}, Node ${process.version}\n\n${tableOf(figures)}`);
for (const [key, { isSameOrder }] of own.merges) {
  if (isSameOrder) continue;
  console.error(`After the merge on the ${key} the two replicas' orders differ.`);
  process.exitCode = 1;
}
process.exit();
