import { parseArgs } from 'node:util';
import { minimise } from './minimise.ts';
import { mutants } from './mutants/index.ts';
import { reportOf } from './report.ts';
import { type Simulated, simulate } from './simulate.ts';
import { tryMutants } from './try-mutants.ts';

/** Simulated hours of one world; a long run is many worlds, seed after seed. */
const hoursPerWorld = 4;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '100' },
    group: { type: 'string', default: '5' },
    keep: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

// Most errors here are faults that were meant: their stacks cost more than they tell. A replay has them.
Error.stackTraceLimit = values.keep === undefined ? 0 : 10;
const say = (text: string): void => {
  if (!values.json) process.stdout.write(`${text}\n`);
};
const group = numberOf('group', values.group, 2, 50);
const hours = numberOf('hours', values.hours, 0.01, 1e7);

if (values.mutants) {
  const caught = await tryMutants(mutants, { group, say });
  if (values.json) process.stdout.write(`${JSON.stringify(caught)}\n`);
  process.exit(caught.every(({ caughtBy }) => caughtBy !== undefined) ? 0 : 1);
}
process.exit(await run());

async function run(): Promise<number> {
  const startedMs = performance.now();
  const mutant = mutants.find(({ name }) => name === values.mutant);
  if (values.mutant !== undefined && !mutant) return misuse(`there is no mutant ${values.mutant}`);
  const keep = values.keep?.split(',').map(Number);
  const total = { hours: 0, worlds: 0, deeds: 0, faults: 0, ops: 0, events: 0 };
  for (let world = 0; total.hours < hours; world++) {
    const options = {
      seed: world === 0 ? values.seed : nextSeed(values.seed, world),
      // A single world keeps the hours it was asked for, so that a replay is exact.
      hours: hours <= hoursPerWorld ? hours : Math.min(hoursPerWorld, hours - total.hours),
      phones: group,
      ...(keep ? { keep } : {}),
      ...(mutant ? { mutant } : {}),
    };
    const done = await simulate(options);
    count(total, done);
    if (done.violation) {
      say(reportOf(done, group).split('\n').slice(0, 3).join('\n'));
      say('  looking for the smallest schedule that does the same …');
      const least = keep ? done : await minimise(options, done);
      say(reportOf(least, group));
      if (values.json) process.stdout.write(`${JSON.stringify({ ...total, failed: least })}\n`);
      return 1;
    }
    if (total.worlds % 25 === 0) say(progress(total, startedMs));
  }
  say(progress(total, startedMs));
  say(`every promise was kept`);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ ...total, seconds: secondsSince(startedMs) })}\n`);
  }
  return 0;
}

type Total = Record<'hours' | 'worlds' | 'deeds' | 'faults' | 'ops' | 'events', number>;

function count(total: Total, done: Simulated): void {
  total.worlds += 1;
  total.hours += done.hours;
  total.deeds += done.deeds;
  total.faults += done.faults;
  total.ops += done.ops;
  total.events += done.events;
}

function progress(
  { hours: simulated, worlds, deeds, faults, ops }: Total,
  startedMs: number,
): string {
  const seconds = secondsSince(startedMs);
  const perMinute = Math.round((simulated / seconds) * 60);
  const cpu = process.cpuUsage();
  const perCpuMinute = Math.round((simulated / ((cpu.user + cpu.system) / 1e6)) * 60);
  return `${simulated} h in ${worlds} worlds: ${deeds} ops made, ${ops} in logs, ${faults} faults; ${perMinute} h/min (${perCpuMinute} h per minute of CPU)`;
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1_000;
}

function nextSeed(seed: string, world: number): string {
  const number = Number(seed);
  return Number.isSafeInteger(number) ? String(number + world) : `${seed}.${world}`;
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isFinite(number) && number >= least && number <= most) return number;
  process.exit(misuse(`--${name} takes a number from ${least} to ${most}, not “${text}”`));
}

function misuse(message: string): number {
  process.stderr.write(`simulate: ${message}\n`);
  return 2;
}
