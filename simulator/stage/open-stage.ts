import { BehaviorSubject } from 'rxjs';
import { strike } from '../actors/faults.ts';
import { planFor, type Step } from '../actors/plan.ts';
import { tap } from '../actors/taps.ts';
import { Referee } from '../invariants/referee.ts';
import type { Violation } from '../invariants/violation.ts';
import { type Mutant, noMutant } from '../mutants/mutant.ts';
import { traced } from '../trace.ts';
import { seeded } from '../world/random.ts';
import type { Looks } from '../world/screen.ts';
import { isCalm } from '../world/weather.ts';
import { createWorld, type World } from '../world/world.ts';
import { happen, type Injected, type Injection } from './injection.ts';
import { PacketBook } from './packets.ts';
import { comeToRest } from './rest.ts';
import { type StageView, viewOf } from './view.ts';

export interface StageOptions {
  readonly seed: string;
  readonly phones?: number;
  readonly servers?: number;
  /** For how many simulated hours the seed has a plan, by which people tap and things go wrong. By default nothing does. */
  readonly hours?: number;
  /** What of the plan happens: `people` leaves its faults to whoever looks on. */
  readonly life?: 'everything' | 'people';
  /** How often people look at their phones: by default always where only people act, now and then where things go wrong. */
  readonly looks?: Looks;
  /** What happens, instead of the seed's plan. */
  readonly plan?: readonly Step[];
  /** What was done by hand in an earlier run, to be done again. */
  readonly injected?: readonly Injected[];
  readonly mutant?: Mutant;
  /** Keeps account of messages on their way, which only a picture needs. */
  readonly pictured?: boolean;
  /** Told what happens, line by line. */
  readonly trace?: (atMs: number, line: string) => void;
}

/** One world on show: time passes when told to, anybody may interfere, and the same is seen again on request. */
export interface Stage {
  /** Since the world began. */
  readonly nowMs: number;
  /** The latest view on subscribing, and one after each `step`, `runUntil`, `inject` and `rest`. Completes with `close`. */
  readonly view$: BehaviorSubject<StageView>;
  /** What was done by hand so far: together with the options it makes the same run again. */
  readonly injected: readonly Injected[];
  /** The steps that happen by themselves. */
  readonly steps: readonly Step[];
  /** The first promise that was broken; time stands still from then on. */
  readonly violation: Violation | undefined;
  readonly world: World;
  readonly referee: Referee;
  /** The next event, whenever it is due. */
  step(): Promise<void>;
  /** @param untilMs since the world began; it stops early where a promise breaks */
  runUntil(untilMs: number): Promise<void>;
  /** Makes something happen at the next whole millisecond, behind all else of that instant. @returns as a replay needs it */
  inject(injection: Injection): Injected;
  /** Puts everything right, lets time pass until nothing is left to do, and compares everybody. */
  rest(): Promise<void>;
  close(): void;
}

const sweepMs = 15_000;

/**
 * Builds a world and its plan. The same options, with what was injected, give the same run to the letter, in Node and
 * in a browser. Only one stage with a mutant may be open at a time: some mutants change classes.
 */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { seed, hours = 0, phones = 5, servers = 2, mutant = noMutant, trace } = options;
  const undo = mutant.begin?.();
  let world: World | undefined;
  const referee = new Referee(() => world?.time.nowMs ?? 0);
  const say = (line: string): void => trace?.(world?.time.nowMs ?? 0, line);
  world = await createWorld({
    ...{ seed, phones, servers },
    witness: trace ? traced(referee.witness, say) : referee.witness,
    phone: mutant.phone ?? {},
    server: mutant.server ?? {},
  });
  const steps = options.plan ?? planFor({ seed, hours, phones, servers });
  begin(world, steps, referee, options);
  return stageOf(world, steps, referee, options, undo);
}

/** Everything that happens without anybody's hand. */
function begin(
  world: World,
  steps: readonly Step[],
  referee: Referee,
  { hours = 0, life = 'everything', looks }: StageOptions,
): void {
  const { time, phones } = world;
  const isShow = life === 'people' || hours === 0;
  for (const { screen } of phones) screen.setHabit(looks ?? (isShow ? 'always' : 'now and then'));
  for (const step of steps) {
    // Where faults are left out, the apps are open from the start.
    if (life === 'people' && step.kind !== 'tap') continue;
    time.after(step.atMs, () => {
      // Nothing more goes wrong once the plan's hours are over.
      if (time.nowMs > hours * 3_600_000) return;
      const chance = seeded(step.dice);
      const phone = phones[step.who];
      if (step.kind !== 'tap') strike(world, step, chance, referee);
      else if (phone) tap(phone, chance, referee, time.nowMs);
    });
  }
  if (isShow) for (const phone of phones) phone.start();
  const sweep = (): void => {
    for (const phone of phones) {
      referee.phones.sweep(phone, time.nowMs, isCalm(phone, world));
      referee.tabs.sweep(phone);
    }
    time.after(sweepMs, sweep);
  };
  time.after(sweepMs, sweep);
}

function stageOf(
  world: World,
  steps: readonly Step[],
  referee: Referee,
  { seed, injected: earlier = [], pictured = false }: StageOptions,
  undo: (() => void) | undefined,
): Stage {
  const { time } = world;
  const packets = pictured ? new PacketBook(world) : undefined;
  const view = (): StageView => viewOf(world, packets, referee.violation);
  const view$ = new BehaviorSubject(view());
  const injected: Injected[] = [];
  const ended = (): boolean => referee.violation !== undefined;

  const keep = (one: Injected): void => {
    const dice = `${seed}/injected-${injected.length}`;
    injected.push(one);
    time.last(one.atMs, () => happen(world, one, dice, referee));
  };
  for (const one of earlier) keep(one);

  return {
    ...{ world, referee, steps, injected, view$ },
    get nowMs() {
      return time.nowMs;
    },
    get violation() {
      return referee.violation;
    },
    async step() {
      if (!ended()) await time.step();
      view$.next(view());
    },
    async runUntil(untilMs) {
      if (!ended()) await time.run(untilMs, ended);
      view$.next(view());
    },
    inject(injection) {
      const one: Injected = { ...injection, atMs: Math.ceil(time.nowMs) };
      keep(one);
      view$.next(view());
      return one;
    },
    async rest() {
      await comeToRest(world, referee);
      view$.next(view());
    },
    close() {
      undo?.();
      view$.complete();
    },
  };
}
