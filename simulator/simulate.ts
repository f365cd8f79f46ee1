import { strike } from './actors/faults.ts';
import { planFor, type Step } from './actors/plan.ts';
import { tap } from './actors/taps.ts';
import { checkAtRest, isAtRest } from './invariants/at-rest.ts';
import { Referee } from './invariants/referee.ts';
import type { Violation } from './invariants/violation.ts';
import { type Mutant, noMutant } from './mutants/mutant.ts';
import { traced } from './trace.ts';
import { seeded } from './world/random.ts';
import { calm } from './world/wire.ts';
import { createWorld, type World } from './world/world.ts';

export interface SimulateOptions {
  readonly seed: string;
  /** Simulated hours, without the rest at the end. */
  readonly hours: number;
  readonly phones?: number;
  readonly servers?: number;
  /** Only these steps of the seed's plan; all of them by default. */
  readonly keep?: readonly number[];
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
  readonly faults: number;
  /** What was done: ops made, wherever they ended. */
  readonly deeds: number;
  /** Ops in all logs. */
  readonly ops: number;
  readonly setAside: number;
  readonly events: number;
  /** A text that two runs share only if they did the same. */
  readonly fingerprint: string;
}

const sweepMs = 15_000;
/** The longest that phones may take to be in step again once nothing is wrong any more. */
const restMs = 300_000;

/** One run of one world: the same options give the same run, to the letter. */
export async function simulate(options: SimulateOptions): Promise<Simulated> {
  const { seed, hours, phones = 5, servers = 2, mutant = noMutant, trace } = options;
  const undo = mutant.begin?.();
  try {
    const plan = options.plan ?? planFor({ seed, hours, phones, servers });
    const steps = options.keep ? plan.filter(({ index }) => options.keep?.includes(index)) : plan;
    let world: World | undefined;
    const referee = new Referee(() => world?.time.nowMs ?? 0);
    world = await createWorld({
      ...{ seed, phones, servers },
      witness: trace
        ? traced(referee.witness, (line) => trace(world?.time.nowMs ?? 0, line))
        : referee.witness,
      phone: mutant.phone ?? {},
      server: mutant.server ?? {},
    });
    await live(world, steps, referee, hours * 3_600_000);
    if (!referee.violation) await rest(world, referee);
    const done = { seed, hours, steps, violation: referee.violation };
    return { ...done, ...figures(world, steps, referee) };
  } finally {
    undo?.();
  }
}

async function live(
  world: World,
  steps: readonly Step[],
  referee: Referee,
  lastMs: number,
): Promise<void> {
  const { time, phones } = world;
  for (const step of steps) {
    time.after(step.atMs, () => {
      // Nothing more goes wrong once the rest has begun.
      if (time.nowMs > lastMs) return;
      const chance = seeded(step.dice);
      const phone = phones[step.who];
      if (step.kind !== 'tap') strike(world, step, chance, referee);
      else if (phone) tap(phone, chance, referee, time.nowMs);
    });
  }
  const sweep = (): void => {
    for (const phone of phones) referee.phones.sweep(phone, time.nowMs, isCalm(phone, world));
    time.after(sweepMs, sweep);
  };
  time.after(sweepMs, sweep);
  await time.run(lastMs, () => referee.violation !== undefined);
}

/** Nothing is wrong between this phone and the servers, and nothing of the phone's own. */
function isCalm(
  { wire, disk, run, isSwitchedOff }: World['phones'][number],
  { servers }: World,
): boolean {
  if (isSwitchedOff) return false;
  const { condition } = wire;
  if (condition.dark !== 'none' || condition.captive || condition.lossShare > 0) return false;
  if (condition.disorderMs > 0 || condition.latencyMs > 500) return false;
  if (disk.condition.slowestWriteMs > 100 || run?.lifetime.asleep) return false;
  return servers.every(
    ({ up, failing, busy, condition: { full, slowestWriteMs } }) =>
      up && !failing && !busy && !full && slowestWriteMs < 100,
  );
}

/** Everything is put right, everybody is let in, and time passes. */
async function rest(world: World, referee: Referee): Promise<void> {
  const { time, phones, servers, bus } = world;
  bus.lossShare = 0;
  for (const server of servers) {
    Object.assign(server.condition, { slowestWriteMs: 3, full: false, crashAtAppend: undefined });
    Object.assign(server, { failing: false, busy: false });
    server.start();
  }
  for (const phone of phones) {
    Object.assign(phone.wire.condition, calm);
    Object.assign(phone.disk.condition, {
      ...{ slowestWriteMs: 2, full: false, broken: false, crashAtWrite: undefined },
    });
    phone.start();
    phone.run?.lifetime.wake();
    phone.switch(true);
    phone.run?.surroundings.set(true);
  }
  const ended = (): boolean => referee.violation !== undefined;
  for (let waitedMs = 0; waitedMs < restMs && !ended(); waitedMs += 10_000) {
    await time.run(time.nowMs + 10_000, ended);
    if (waitedMs >= 60_000 && isAtRest(world, referee)) break;
  }
  if (ended()) return;
  checkAtRest(world, referee);
  await time.run(time.nowMs + 1, ended);
}

function figures(world: World, steps: readonly Step[], referee: Referee) {
  const logs = [...referee.logs.logs.values()];
  return {
    taps: steps.filter(({ kind }) => kind === 'tap').length,
    faults: steps.filter(({ kind }) => kind !== 'tap').length,
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
