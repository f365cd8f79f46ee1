import { type Simulated, type SimulateOptions, simulate } from './simulate.ts';

/**
 * The fewest steps of a failing run's plan that still break the same promise (Zeller, “Simplifying and Isolating
 * Failure-Inducing Input”, 2002): halves, quarters … are left out by replay, as long as it goes on failing.
 *
 * @param maxReplays stops there with the best found so far
 */
export async function minimise(
  options: SimulateOptions,
  failed: Simulated,
  maxReplays = 400,
): Promise<Simulated> {
  const { violation } = failed;
  if (!violation) return failed;
  let best = failed;
  // What was to happen after the breach cannot have caused it.
  let kept = indices(failed).filter((_, at) => (failed.steps[at]?.atMs ?? 0) <= violation.atMs);
  let replays = 0;

  const stillFails = async (keep: readonly number[]): Promise<boolean> => {
    replays += 1;
    const run = await simulate({ ...options, keep });
    if (run.violation?.invariant !== violation.invariant) return false;
    best = run;
    kept = [...keep];
    return true;
  };

  if (!(await stillFails(kept))) kept = indices(failed);
  for (let pieces = 2; pieces <= kept.length && replays < maxReplays; ) {
    const size = Math.ceil(kept.length / pieces);
    let smaller = false;
    for (let from = 0; from < kept.length && replays < maxReplays; ) {
      const without = kept.toSpliced(from, size);
      if (await stillFails(without)) smaller = true;
      else from += size;
    }
    if (smaller) pieces = Math.max(2, Math.min(pieces, kept.length));
    else if (size === 1) break;
    else pieces = Math.min(kept.length, pieces * 2);
  }
  return best;
}

function indices({ steps }: Simulated): number[] {
  return steps.map(({ index }) => index);
}
