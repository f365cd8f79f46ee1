import { runCrew } from './crew.ts';
import { beginning, type RunState, type StateFile } from './state.ts';
import { faultCount, sum, type Tally } from './tally.ts';

export interface LongRunOptions {
  readonly seed: string;
  readonly hours: number;
  readonly group: number;
  readonly workers: number;
  readonly hoursPerWorld: number;
  /** Where it was left off, and is to be kept; without it each run begins anew. */
  readonly file?: StateFile;
  readonly say: (line: string) => void;
}

/** How often it says how far it is, and keeps that. */
const everyMs = 30_000;

/** Runs world after world, seed after seed, and goes on when one fails. The outcome does not depend on the threads. */
export async function longRun(options: LongRunOptions): Promise<RunState> {
  const { seed, hours, group, workers, hoursPerWorld, file, say } = options;
  let state = file?.load() ?? beginning;
  if (state.nextPlace > 0) say(`goes on after ${state.tally.worlds} worlds`);
  const earlier = state;
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  let toldMs = startedMs;

  const spent = (): Pick<RunState, 'cpuMs' | 'wallMs'> => {
    const { user, system } = process.cpuUsage(startedCpu);
    return {
      cpuMs: earlier.cpuMs + (user + system) / 1_000,
      wallMs: earlier.wallMs + performance.now() - startedMs,
    };
  };
  const took = (place: number, tally: Tally): void => {
    for (const { seed: failing, invariant, message } of tally.failed) {
      say(`seed ${failing}: “${invariant}” broke: ${message}`);
    }
    state = { nextPlace: place + 1, tally: sum(state.tally, tally), ...spent() };
    if (performance.now() - toldMs < everyMs) return;
    toldMs = performance.now();
    file?.save(state);
    say(progressOf(state, hours));
  };

  await runCrew({
    workers,
    from: state.nextPlace,
    orderAt(place) {
      const left = hours - place * hoursPerWorld;
      if (left <= 0) return undefined;
      const own = Math.min(hoursPerWorld, left);
      return { place, seed: seedAt(seed, place), hours: own, phones: group };
    },
    done: took,
  });
  state = { ...state, ...spent() };
  file?.save(state);
  say(progressOf(state, hours));
  return state;
}

/** Seed after seed: the next number, or the text with a number. */
export function seedAt(seed: string, place: number): string {
  if (place === 0) return seed;
  const number = Number(seed);
  return Number.isSafeInteger(number) ? String(number + place) : `${seed}.${place}`;
}

function progressOf({ tally, cpuMs, wallMs }: RunState, hours: number): string {
  const perMinute = Math.round(tally.hours / (wallMs / 60_000));
  const perCpuMinute = Math.round(tally.hours / (cpuMs / 60_000));
  const share = ((tally.hours / hours) * 100).toFixed(1);
  return [
    `${share} %: ${Math.round(tally.hours)} h in ${tally.worlds} worlds`,
    `${tally.deeds} ops made, ${tally.ops} in logs, ${faultCount(tally)} faults`,
    `${tally.failed.length} failed`,
    `${perMinute} h/min, ${perCpuMinute} h per minute of CPU`,
  ].join('; ');
}
