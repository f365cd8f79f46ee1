import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aims } from './aims.ts';
import { type Figure, percentile, tableOf } from './figures.ts';
import { ownSize } from './peer-sizes.ts';
import { peersFrom } from './peers.ts';
import { writeReport } from './report.ts';

/**
 * `npm run bench`: the real SDK and the real server, durable acks included, beside a bare Socket.IO relay. Both take
 * turns in one run, each time in fresh processes, and every figure is the median. `--only drain,join` runs the
 * scenarios whose names contain one of these, `--times 5` takes more turns, `--json` is for machines, and
 * `--write docs/performance.md` puts the figures into that page, beside those of the systems in `PEERS_DIR`.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    times: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    write: { type: 'string' },
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
  'in Chromium',
  'elements',
];

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
if (options.write !== undefined) {
  const ratioOrMs = (name: string, kind: 'ratio' | 'ms'): number | undefined => {
    const figure = figures.find((one) => one.name === name);
    if (kind === 'ms') return figure?.ours;
    return figure?.floor ? figure.ours / figure.floor : undefined;
  };
  const peers = peersFrom(process.env['PEERS_DIR'], ratioOrMs, await ownSize());
  const date = new Date().toISOString().slice(0, 10);
  writeReport(options.write, { date, machine, times: Number(options.times) }, figures, peers);
}
