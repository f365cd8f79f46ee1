import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import type { Measures } from './measures.ts';
import type { SoundOptions } from './options.ts';
import type { Way } from './page/main.ts';
import { plotSpread } from './plot.ts';
import type { Scene } from './scenes.ts';

/** One scene, recorded. */
export interface SoundRun {
  readonly kind: 'steady' | 'offline';
  readonly way: Way;
  readonly minutes: number;
  readonly faults: boolean;
  readonly processes: number;
  readonly format: SoundOptions['format'];
  /** The machine's highest, the phones included. */
  readonly load: number;
  /** Share of the recording, 0 … 1, at which the recorder or the sound server stumbled. */
  readonly doubt: number;
  readonly missingMs: number;
  readonly errors: readonly string[];
  readonly scene: Scene;
  readonly measures: Measures;
}

const docs = resolve(import.meta.dirname, '../../docs');
const begin =
  '<!-- written by npm run bench:sound -- --write; everything up to the end mark is replaced -->';
const end = '<!-- end of what the sound bench wrote -->';

/** What a run has to keep. */
interface Goals {
  readonly medianMs: number;
  readonly p99Ms: number;
}
const goals: Readonly<Record<Way, Goals | undefined>> = {
  auto: { medianMs: 0.5, p99Ms: 1 },
  buffer: { medianMs: 0.5, p99Ms: 1 },
  element: { medianMs: 1.5, p99Ms: 5 },
  usual: undefined,
};
const darkGoalMs = 20;

export function sayRun(
  { measures, load, doubt, missingMs, errors }: SoundRun,
  say: (line: string) => void,
): void {
  for (const [name, value] of figuresOf(measures)) say(`  ${name.padEnd(44)} ${value}`);
  say(
    `  load ${load.toFixed(1)}, ${(doubt * 100).toFixed(2)} % of the recording in doubt, ${missingMs.toFixed(0)} ms missing`,
  );
  for (const error of new Set(errors)) say(`  ${error}`);
}

/** Puts tables and plots into docs/sound.md. @throws {Error} where the page has no marks */
export function writeSound(runs: readonly SoundRun[]): void {
  const path = resolve(docs, 'sound.md');
  const page = readFileSync(path, 'utf8');
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${path} has no marks of the sound bench.`);
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores`;
  const parts = [`${date}; ${machine}.`, tableOf(runs)];
  for (const run of runs) {
    const name = `sound-${run.way}-${run.kind}${run.faults ? '-faults' : ''}.svg`;
    writeFileSync(resolve(docs, name), plotSpread(run));
    parts.push(`![Spread over time: ${titleOf(run)}](${name})`);
  }
  const written = [begin, ...parts].join('\n\n');
  writeFileSync(path, `${page.slice(0, from)}${written}\n\n${page.slice(to)}`);
}

export function titleOf({ way, kind, minutes, faults, processes, format }: SoundRun): string {
  const what = kind === 'steady' ? 'online' : 'every second phone without network';
  return `${way}, ${processes} phones, ${format}, ${minutes} min, ${what}${faults ? ', faults' : ''}`;
}

function tableOf(runs: readonly SoundRun[]): string {
  const head = [
    '',
    'median, ms',
    'p99, ms',
    'worst, ms',
    'in step after joining, s',
    'jumps',
    'speed, %',
    'in the dark, ms',
    'load',
    'in doubt, %',
    'goal',
    'met',
  ];
  const rows = runs.map((run) => {
    const { measures: m } = run;
    const goal = goals[run.way];
    const isDark = run.kind === 'offline';
    const aim = isDark ? `dark ≤ ${darkGoalMs}` : goal ? `${goal.medianMs} / ${goal.p99Ms}` : '';
    return [
      titleOf(run),
      ms(m.spreadMedianMs),
      ms(m.spreadP99Ms),
      ms(m.spreadWorstMs),
      m.joinSeconds === null ? '' : m.joinSeconds.toFixed(1),
      String(m.jumps),
      m.speedPercent.toFixed(2),
      isDark && m.darkWorstMs !== null ? ms(m.darkWorstMs) : '',
      run.load.toFixed(1),
      (run.doubt * 100).toFixed(2),
      aim,
      aim ? (isMet(run, goal) ? 'yes' : 'no') : '',
    ];
  });
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function isMet({ kind, measures }: SoundRun, goal: Goals | undefined): boolean {
  const { spreadMedianMs, spreadP99Ms, darkWorstMs, jumps, joinSeconds } = measures;
  if (kind === 'offline') return (darkWorstMs ?? Number.POSITIVE_INFINITY) <= darkGoalMs;
  if (!goal) return true;
  const isClose = spreadMedianMs <= goal.medianMs && spreadP99Ms <= goal.p99Ms;
  return isClose && jumps === 0 && (joinSeconds ?? 0) <= 2;
}

function figuresOf(measures: Measures): readonly (readonly [name: string, value: string])[] {
  const { joinSeconds, darkWorstMs } = measures;
  return [
    ['spread median, ms', ms(measures.spreadMedianMs)],
    ['spread p99, ms', ms(measures.spreadP99Ms)],
    ['spread worst, ms', ms(measures.spreadWorstMs)],
    ['steady moments, s', measures.steadySeconds.toFixed(0)],
    ['in step after joining, s', joinSeconds === null ? '–' : joinSeconds.toFixed(2)],
    ['audible jumps', String(measures.jumps)],
    ['speed off by at most, %', measures.speedPercent.toFixed(3)],
    ['worst spread in the dark, ms', darkWorstMs === null ? '–' : ms(darkWorstMs)],
    ['moments with a silent phone', String(measures.silentMoments)],
  ];
}

function ms(value: number): string {
  return Number.isFinite(value) ? value.toFixed(value < 10 ? 2 : 1) : '–';
}
