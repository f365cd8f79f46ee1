import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { redisProgram, redisServer } from '../server/adapters/redis/redis-server-fixture.ts';
import { type Figure, percentile, tableOf } from './figures.ts';
import { floorLoad, oursLoad } from './load-subject.ts';
import { type LoadTurn, type Taken, takeTurn } from './load-turn.ts';
import { writeLoad } from './report.ts';

/**
 * `npm run bench:load`: ten thousand sockets on one process, and then on two that share a store and Redis, in groups of
 * ten, beside a bare Socket.IO relay in the same run. First they only are there, and memory is measured; then everybody
 * writes in turn, durable with us, and every write reaches the nine others, half of them at the other process where
 * there are two. `--write docs/performance.md` puts the figures into that page.
 */
const { values: options } = parseArgs({
  options: {
    sockets: { type: 'string', default: '10000' },
    members: { type: 'string', default: '10' },
    /** Writes; the default makes 20,000 deliveries of them. */
    'per-second': { type: 'string', default: '2223' },
    seconds: { type: 'string', default: '20' },
    times: { type: 'string', default: '1' },
    /** Of the second table; 1 leaves it out. */
    processes: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
});
const sockets = Number(options.sockets);
const membersEach = Number(options.members);
const perSecond = Number(options['per-second']);
const turns = Number(options.times);
const several = Number(options.processes);
const redisAt = several > 1 ? redisProgram() : undefined;

const aims: Readonly<Record<string, NonNullable<Figure['goal']>>> = {
  'heap per socket, bytes': { kind: 'ratio', atMost: 1.5 },
  'memory per socket, bytes': { kind: 'ratio', atMost: 1.5 },
  'ack p99, ms': { kind: 'value', atMost: 50 },
  'fan-out p99, ms': { kind: 'value', atMost: 50 },
};

const one: Omit<LoadTurn, 'subject'> = {
  ...{ sockets, membersEach, perSecond, seconds: Number(options.seconds) },
  ...{ processes: 1, env: {} },
};
const base: Taken[] = [];
const alone: Taken[] = [];
const together: Taken[] = [];
for (let turn = 0; turn < turns; turn++) {
  base.push(await takeTurn({ ...one, subject: floorLoad }));
  alone.push(await takeTurn({ ...one, subject: oursLoad }));
  if (redisAt === undefined) continue;
  const redis = await redisServer(redisAt);
  const env = { REDIS_URL: redis.url };
  together.push(await takeTurn({ ...one, subject: oursLoad, processes: several, env }));
  await redis.dispose();
}
const median = (of: readonly Taken[], name: string): number =>
  percentile(
    of.map((taken) => taken[name] ?? Number.NaN),
    50,
  );
const figuresOf = (own: readonly Taken[]): readonly Figure[] =>
  Object.keys(own[0] ?? {}).map((name): Figure => {
    const goal = aims[name];
    return { name, floor: median(base, name), ours: median(own, name), ...(goal && { goal }) };
  });
const tables = [
  { title: 'One process.', figures: figuresOf(alone) },
  {
    title: `${several} processes on one store, and Redis; the members of a group are at all of them. The floor is the one relay above.`,
    figures: figuresOf(together),
  },
].filter(({ figures }) => figures.length > 0);
const machine = `${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`;
const what = `${sockets.toLocaleString('en')} sockets in groups of ${membersEach}, ${perSecond.toLocaleString('en')} writes a second in them, which are ${(perSecond * (membersEach - 1)).toLocaleString('en')} deliveries`;
if (options.json) console.log(JSON.stringify({ machine, what, tables }));
else {
  console.log(`\n${what}\n${machine}`);
  for (const { title, figures } of tables) console.log(`\n${title}\n\n${tableOf(figures)}`);
}
if (options.write !== undefined) {
  const date = new Date().toISOString().slice(0, 10);
  writeLoad(options.write, { date, machine, times: turns }, what, tables);
}
