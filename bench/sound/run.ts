import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { argv, exit } from 'node:process';
import { findArrivals } from './arrivals.ts';
import { checkIsolation } from './isolation.ts';
import { type Measures, measure } from './measures.ts';
import { readOptions, type SoundOptions, usage } from './options.ts';
import type { Way } from './page/main.ts';
import { ensurePrograms } from './programs.ts';
import { startRecorder } from './recorder.ts';
import { doubtfulSeconds, startReference } from './reference.ts';
import { type SoundRun, sayRun, writeSound } from './report.ts';
import { offlineScene, type Scene, steadyScene } from './scenes.ts';
import { openSoundCard, type SoundCard } from './sound-card.ts';
import { soundFirst } from './sound-first.ts';
import { openStage } from './stage.ts';
import { makeTracks } from './tracks.ts';

/** More than this share of a recording in doubt, and its figures are no evidence. */
const mostDoubt = 0.02;
/** The phones are to be measured, not what else runs here. */
const busyBeyond = 1;

const say = (line: string): void => console.log(line);

async function main(options: SoundOptions): Promise<boolean> {
  if (options.from.length > 0) return keep(options.from.flatMap(keptRuns), true);
  ensurePrograms(say);
  const [load = 0] = loadavg();
  if (load > busyBeyond)
    say(`Warning: the machine is busy (load ${load.toFixed(1)}) before anything has begun.`);
  const first = soundFirst();
  const card = await openSoundCard(options.processes);
  const runs: SoundRun[] = [];
  try {
    await checkIsolation(card);
    say(`${card.channels} channels, each heard on itself alone.`);
    for (const way of options.ways) {
      runs.push(await record(card, options, way, 'steady'));
      if (options.offlineMinutes !== undefined && way !== 'usual') {
        runs.push(await record(card, options, way, 'offline'));
      }
    }
  } finally {
    await card.close();
    first.stop();
  }
  if (!first.isAllowed) say('Without root, what else runs here can make the phones stutter.');
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(runs));
  return keep(runs, options.write);
}

/** Puts the figures where they are read, if they are evidence. @returns whether they are */
function keep(runs: readonly SoundRun[], isWanted: boolean): boolean {
  const isTrusted = runs.every(({ doubt }) => doubt <= mostDoubt);
  if (isWanted && isTrusted) writeSound(runs);
  if (!isTrusted)
    say('The recorder lost samples: these figures are no evidence. Take them on a quiet machine.');
  return isTrusted;
}

/** @throws {Error} where the file is none of this bench */
function keptRuns(path: string): readonly SoundRun[] {
  const runs: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (Array.isArray(runs)) return runs;
  throw new Error(`${path} was not written by --json.`);
}

async function record(
  card: SoundCard,
  options: SoundOptions,
  way: Way,
  kind: SoundRun['kind'],
): Promise<SoundRun> {
  const minutes = kind === 'steady' ? options.minutes : (options.offlineMinutes ?? 0);
  say(
    `\n${way}, ${kind}, ${minutes} min, ${options.processes} processes${options.faults ? ', faults' : ''} …`,
  );
  const tracks = await makeTracks(...lengths(kind, minutes), options.format);
  const stage = await openStage(card, { ...options, tracks });
  const reference = startReference(card);
  const recorder = await startRecorder(card);
  const loads: number[] = [];
  const timer = setInterval(() => loads.push(loadavg()[0] ?? 0), 5_000);
  let scene: Scene;
  try {
    scene =
      kind === 'steady'
        ? await steadyScene(stage, recorder, way, minutes, options.faults)
        : await offlineScene(stage, recorder, way, minutes);
  } finally {
    clearInterval(timer);
    await stage.close();
  }
  const recording = await recorder.stop();
  await reference.stop();
  const arrivals: ReturnType<typeof findArrivals>[] = [];
  for (let channel = 0; channel < card.channels; channel++) {
    arrivals.push(findArrivals(await recording.channel(channel), recording.samples));
  }
  await recording.close();
  const doubtful = doubtfulSeconds(arrivals.pop() ?? []);
  const measures: Measures = measure(arrivals, scene, doubtful);
  const run: SoundRun = {
    kind,
    way,
    minutes,
    faults: options.faults,
    processes: options.processes,
    format: options.format,
    load: Math.max(...loads, 0),
    doubt: doubtful.length / Math.max(1, recording.samples / 24_000),
    missingMs: recording.missingMs,
    errors: stage.errors,
    scene,
    measures,
  };
  sayRun(run, say);
  return run;
}

/** How many tracks of how many seconds. */
function lengths(
  kind: SoundRun['kind'],
  minutes: number,
): readonly [count: number, seconds: number] {
  if (kind === 'steady') return [1, Math.ceil(minutes * 60 + 60)];
  // A cycle of chirps is four seconds; three ends fall into the dark.
  return [4, Math.ceil((minutes * 60) / 3.4 / 4) * 4];
}

try {
  const args = argv.slice(2);
  if (args.includes('--help')) say(usage);
  else if (!(await main(readOptions(args)))) exit(1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  exit(2);
}
