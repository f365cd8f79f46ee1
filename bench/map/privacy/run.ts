import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { runSchedule } from './schedule.ts';

/** What many schedules gave. */
export interface PrivacyFigures {
  readonly schedules: number;
  /** Places looked at: on the wire, in the server's memory, at another member's replica, in history. */
  readonly found: number;
  /** Arrivals and departures among them. */
  readonly visits: number;
  /** At most some of each process, each with the seed that gives it again. */
  readonly leaks: readonly string[];
}

interface Share {
  readonly from: number;
  readonly count: number;
}

const leaksShown = 20;

/** Runs the schedules of these seeds in this process. */
export async function runSchedules({ from, count }: Share): Promise<PrivacyFigures> {
  let [found, visits] = [0, 0];
  const leaks: string[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await runSchedule(seed);
    found += outcome.found;
    visits += outcome.visits;
    for (const leak of outcome.leaks) if (leaks.length < leaksShown) leaks.push(`${seed}: ${leak}`);
  }
  return { schedules: count, found, visits, leaks };
}

/** Runs so many, from seed 1, on all processors. */
export async function runEverywhere(count: number): Promise<PrivacyFigures> {
  const processes = Math.min(count, availableParallelism());
  const each = Math.ceil(count / processes);
  const shares = Array.from({ length: processes }, (_, index) => {
    const from = 1 + index * each;
    return inProcess({ from, count: Math.min(each, count - index * each) });
  });
  const all = await Promise.all(shares);
  return {
    schedules: count,
    found: all.reduce((sum, { found }) => sum + found, 0),
    visits: all.reduce((sum, { visits }) => sum + visits, 0),
    leaks: all.flatMap(({ leaks }) => leaks),
  };
}

function inProcess(share: Share): Promise<PrivacyFigures> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('process.ts', import.meta.url));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`A process of schedules ended with ${code}.`)));
    child.once('message', (figures) => resolve(figures as PrivacyFigures));
    child.send(share);
  });
}
