import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figure, percentile, tableOf } from './figures.ts';

/**
 * `npm run bench`: the real SDK and the real server, durable acks included, beside a bare Socket.IO relay. Both take
 * turns in one run, each time in fresh processes, and every figure is the median. `--only drain,join` runs the
 * scenarios whose names contain one of these, `--times 5` takes more turns, `--json` is for machines.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    times: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

const scenarios = [
  'fan-out',
  'drain 1000',
  'drain 10000',
  'merge 2 × 2000',
  'join 10000',
  'bad link, drain 1000',
  'bad link, merge 2 × 2000',
  'bad link, join 10000',
  'bad link, 100 offline ops',
  'fold 10000',
];

const aims: Readonly<Record<string, NonNullable<Figure['goal']>>> = {
  'fan-out p95, ms': { kind: 'ratio', atMost: 1.15 },
  'drain 10000 enqueue, ms': { kind: 'value', atMost: 200 },
  'drain 10000 drain, ms': { kind: 'ratio', atMost: 0.3 },
  'merge 2 × 2000 merge, ms': { kind: 'ratio', atMost: 0.24 },
  'merge 2 × 2000 items lost': { kind: 'value', atMost: 0 },
  'merge 2 × 2000 orders that differ': { kind: 'value', atMost: 0 },
  'join 10000 warm, ms': { kind: 'ratio', atMost: 1.3 },
  'join 10000 warm, bytes': { kind: 'ratio', atMost: 0.87 },
  'join 10000 from disk, ms': { kind: 'value', atMost: 155 },
  'bad link, 100 offline ops in step, ms': { kind: 'value', atMost: 2_000 },
};

type Collected = Map<string, number[]>;

/** One turn; a subject that does not get through it is reported, not averaged. */
async function takeTurn(subject: string, scenario: string, into: Collected): Promise<void> {
  const child = fork(join(import.meta.dirname, 'client-process.ts'), [subject, scenario]);
  const exit = once(child, 'exit');
  const [answer] = await Promise.race([once(child, 'message'), exit]);
  if (typeof answer !== 'object' || answer === null) {
    throw new Error(`${subject} did not get through “${scenario}”: see above`);
  }
  await exit;
  for (const [name, value] of Object.entries(answer)) {
    const key = `${scenario} ${name}`;
    into.set(key, [...(into.get(key) ?? []), Number(value)]);
  }
}

const words = options.only.split(',');
const base: Collected = new Map();
const own: Collected = new Map();
for (const scenario of scenarios.filter((name) => words.some((word) => name.includes(word)))) {
  for (let turn = 0; turn < Number(options.times); turn++) {
    await takeTurn('floor', scenario, base);
    await takeTurn('ours', scenario, own);
  }
  if (!options.json) console.error(`${scenario}: done`);
}

const figures = [...own].map(([name, values]): Figure => {
  const floor = base.get(name);
  const goal = aims[name];
  return {
    name,
    ours: percentile(values, 50),
    ...(floor ? { floor: percentile(floor, 50) } : {}),
    ...(goal ? { goal } : {}),
  };
});
const machine = `${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`;
if (options.json) console.log(JSON.stringify({ machine, figures }));
else console.log(`\n${machine}\n\n${tableOf(figures)}`);
