import type { Mutant } from './mutants/mutant.ts';
import { simulate } from './simulate.ts';

export interface Tried {
  readonly name: string;
  readonly bug: string;
  /** The invariant that showed it; undefined where none did. */
  readonly caughtBy: string | undefined;
  readonly message: string;
  /** Simulated hours until it was shown. */
  readonly hours: number;
  readonly seed: string;
}

const hoursPerWorld = 4;
const manyWorlds = 100;

/** Builds each bug into worlds, one after the other, until a promise breaks. */
export async function tryMutants(
  mutants: readonly Mutant[],
  {
    group,
    say,
    worlds = manyWorlds,
  }: {
    readonly group: number;
    readonly say: (line: string) => void;
    readonly worlds?: number;
  },
): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const mutant of mutants) {
    const one = await tryMutant(mutant, group, worlds);
    tried.push(one);
    const found = one.caughtBy
      ? `caught by “${one.caughtBy}” after ${one.hours.toFixed(1)} h, seed ${one.seed}`
      : `NOT caught in ${one.hours} h`;
    say(`${mutant.name.padEnd(34)} ${found}`);
  }
  const caught = tried.filter(({ caughtBy }) => caughtBy !== undefined).length;
  say(`${caught} of ${tried.length} mutants caught`);
  return tried;
}

async function tryMutant(mutant: Mutant, group: number, worlds: number): Promise<Tried> {
  const { name, bug } = mutant;
  for (let world = 0; world < worlds; world++) {
    const seed = String(world + 1);
    const { violation } = await simulate({ seed, hours: hoursPerWorld, phones: group, mutant });
    if (!violation) continue;
    const hours = world * hoursPerWorld + violation.atMs / 3_600_000;
    return { name, bug, caughtBy: violation.invariant, message: violation.message, hours, seed };
  }
  return { name, bug, caughtBy: undefined, message: '', hours: worlds * hoursPerWorld, seed: '' };
}
