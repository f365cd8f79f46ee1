import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longRun, seedAt } from './long/long-run.ts';
import { mutantsPart, promisesPart, runPart, withPart } from './long/reliability.ts';
import { stateFile } from './long/state.ts';
import { nothing, sum, type Tally, tallyOf } from './long/tally.ts';
import { minimise } from './minimise.ts';
import { mutants } from './mutants/index.ts';
import { misuse, numberOf, readOptions } from './options.ts';
import { densityOf, reportOf } from './report.ts';
import { simulate } from './simulate.ts';
import { tryMutants } from './try-mutants.ts';

/** Simulated hours of one world; a long run is many worlds, seed after seed. */
const hoursPerWorld = 4;

const values = readOptions(process.argv.slice(2));

// Most errors here are faults that were meant: their stacks cost more than they tell. A replay has them.
Error.stackTraceLimit = values.keep === undefined ? 0 : 10;
const say = (text: string): void => {
  if (!values.json) process.stdout.write(`${text}\n`);
};
const group = numberOf('group', values.group, 2, 50);
const hours = numberOf('hours', values.hours, 0.01, 1e7);

if (values.mutants) process.exit(await runMutants());
if (values.workers !== undefined || values.report !== undefined) process.exit(await runLong());
process.exit(await run());

/** World after world on this thread, until one fails, whose schedule is then made small. */
async function run(): Promise<number> {
  const started = { ms: performance.now(), cpu: process.cpuUsage() };
  const mutant = mutants.find(({ name }) => name === values.mutant);
  if (values.mutant !== undefined && !mutant) misuse(`there is no mutant “${values.mutant}”`);
  const keep = values.keep?.split(',').map((text) => numberOf('keep', text, 0, 1e6));
  let total: Tally = nothing;
  const tell = (): void => say(`${densityOf(total, group)}; ${speedOf(total, started)}`);
  for (let world = 0; total.hours < hours; world++) {
    const options = {
      seed: seedAt(values.seed, world),
      // A single world keeps the hours it was asked for, so that a replay is exact.
      hours: hours <= hoursPerWorld ? hours : Math.min(hoursPerWorld, hours - total.hours),
      phones: group,
      ...(keep ? { keep } : {}),
      ...(mutant ? { mutant } : {}),
    };
    const done = await simulate(options);
    total = sum(total, tallyOf(done));
    if (done.violation) {
      say(reportOf(done, group).split('\n').slice(0, 3).join('\n'));
      say('  looking for the smallest schedule that does the same …');
      const least = keep ? done : await minimise(options, done);
      say(reportOf(least, group));
      if (values.json) process.stdout.write(`${JSON.stringify({ ...total, failed: least })}\n`);
      return 1;
    }
    if (total.worlds % 25 === 0) tell();
  }
  tell();
  say('every promise was kept');
  const seconds = (performance.now() - started.ms) / 1_000;
  if (values.json) process.stdout.write(`${JSON.stringify({ ...total, seconds })}\n`);
  return 0;
}

/** On several threads, to the end whatever fails, and to be gone on with when it was stopped. */
async function runLong(): Promise<number> {
  const { seed, report } = values;
  const workers = numberOf('workers', values.workers ?? '1', 1, 64);
  const commit = values.commit ?? commitNow();
  const asked = `${seed} ${hours} ${group} ${commit}`;
  const path = join(tmpdir(), `jamz-simulated-${asked.replaceAll(/[^\w.-]/g, '-')}.json`);
  say(`how far it has come is kept in ${path}`);
  const file = stateFile(path, asked);
  const state = await longRun({ seed, hours, group, workers, hoursPerWorld, file, say });
  const { tally, cpuMs } = state;
  if (report !== undefined) {
    const lastSeed = seedAt(seed, state.nextPlace - 1);
    const about = { group, firstSeed: seed, lastSeed, commit, cpuMs, hoursPerWorld };
    write(report, { promises: promisesPart(), 'long run': runPart(tally, about) });
  }
  file.drop();
  if (values.json) process.stdout.write(`${JSON.stringify(state)}\n`);
  if (tally.failed.length === 0) say('every promise was kept');
  else say(`failing seeds: ${tally.failed.map((world) => world.seed).join(' ')}`);
  return tally.failed.length === 0 ? 0 : 1;
}

async function runMutants(): Promise<number> {
  const tried = await tryMutants(mutants, { group, say });
  if (values.report !== undefined) write(values.report, { mutants: mutantsPart(tried) });
  if (values.json) process.stdout.write(`${JSON.stringify(tried)}\n`);
  return tried.every(({ caughtBy }) => caughtBy !== undefined) ? 0 : 1;
}

function write(path: string, parts: Readonly<Record<string, string>>): void {
  let document = readFileSync(path, 'utf8');
  for (const [name, part] of Object.entries(parts)) document = withPart(document, name, part);
  writeFileSync(path, document);
  say(`written to ${path}`);
}

function speedOf(
  { hours: simulated }: Tally,
  started: { readonly ms: number; readonly cpu: NodeJS.CpuUsage },
): string {
  const { user, system } = process.cpuUsage(started.cpu);
  const perMinute = Math.round((simulated / (performance.now() - started.ms)) * 60_000);
  const perCpuMinute = Math.round((simulated / (user + system)) * 60e6);
  return `${perMinute} h/min (${perCpuMinute} h per minute of CPU)`;
}

/** Of the tree that this is run from; a copy without its history has to be told. */
function commitNow(): string {
  try {
    const output = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
    return output.trim();
  } catch {
    return 'unknown';
  }
}
