import { planFor, type Step } from './actors/plan.ts';
import type { Violation } from './invariants/violation.ts';
import type { Mutant } from './mutants/mutant.ts';
import { openStage, type Stage } from './stage/open-stage.ts';
import type { Looks } from './world/screen.ts';

export interface SimulateOptions {
  readonly seed: string;
  /** Simulated hours, without the rest at the end. */
  readonly hours: number;
  readonly phones?: number;
  readonly servers?: number;
  /** Only these steps of the seed's plan; all of them by default. */
  readonly keep?: readonly number[];
  /** How often people look at their phones. */
  readonly looks?: Looks;
  /** What happens, instead of the seed's plan. */
  readonly plan?: readonly Step[];
  readonly mutant?: Mutant;
  /** Told what happens, line by line. */
  readonly trace?: (atMs: number, line: string) => void;
}

export interface Simulated {
  readonly seed: string;
  readonly hours: number;
  readonly violation: Violation | undefined;
  /** The steps that were to happen. */
  readonly steps: readonly Step[];
  readonly taps: number;
  /** What was done: ops made, wherever they ended. */
  readonly deeds: number;
  /** Ops in all logs. */
  readonly ops: number;
  readonly setAside: number;
  readonly events: number;
  /** A text that two runs share only if they did the same. */
  readonly fingerprint: string;
}

/** One run of one world: the same options give the same run, to the letter. */
export async function simulate(options: SimulateOptions): Promise<Simulated> {
  const { seed, hours, phones = 5, servers = 2 } = options;
  const plan =
    options.plan ?? planFor({ seed, hours, phones, servers, favours: options.mutant?.favours });
  const steps = options.keep ? plan.filter(({ index }) => options.keep?.includes(index)) : plan;
  const stage = await openStage({ ...options, plan: steps });
  try {
    await stage.runUntil(hours * 3_600_000);
    if (!stage.violation) await stage.rest();
    return { seed, hours, steps, violation: stage.violation, ...figures(stage) };
  } finally {
    stage.close();
  }
}

function figures({ world, steps, referee }: Stage) {
  const logs = [...referee.logs.logs.values()];
  return {
    taps: steps.filter(({ kind }) => kind === 'tap').length,
    deeds: referee.book.deeds.size,
    ops: logs.reduce((sum, { seq }) => sum + seq, 0),
    setAside: world.phones.reduce(
      (sum, { engine }) => sum + (engine?.replica.setAside.length ?? 0),
      0,
    ),
    events: world.time.eventCount,
    fingerprint: `${world.time.eventCount} ${logs.map(({ hash }) => hash).join(' ')}`,
  };
}
