import { numbersIn } from '../protocol/codec.ts';
import type { AckedCommit, Commit, OwnRun, Run, WireOp } from '../protocol/wire.ts';

/**
 * Puts back into a commit what its answer left out: the ops that this replica sent itself.
 *
 * @param sent the runs of the push that was answered and of those still under way; all of one replica, so numbers are
 *   unique
 * @returns undefined where an op that it names is not among them: the commit has to be pulled
 */
export function completeCommit(commit: AckedCommit, sent: readonly Run[]): Commit | undefined {
  let byNumber: ReadonlyMap<number, readonly [Run, WireOp]> | undefined;
  const runs = commit.runs.flatMap((run): readonly Run[] => {
    if (!('own' in run)) return [run];
    const whole = sent.find((one) => isAllOf(one, run));
    if (whole) return [whole];
    byNumber ??= new Map(sent.flatMap((one) => one.ops.map((wire) => [wire[0], [one, wire]])));
    return pick(run, byNumber);
  });
  const count = runs.reduce((sum, { ops }) => sum + ops.length, 0);
  return count === commit.count ? { ...commit, runs } : undefined;
}

/** As a rule a run is in the log as it was sent: then it need not be taken apart. */
function isAllOf({ ops }: Run, { own }: OwnRun): boolean {
  const [range, ...rest] = own;
  if (!range || rest.length > 0) return false;
  const [from, to] = range;
  return ops.length === to - from + 1 && ops.every((op, index) => op[0] === from + index);
}

function pick({ own }: OwnRun, byNumber: ReadonlyMap<number, readonly [Run, WireOp]>): Run[] {
  const runs: { run: Run; ops: WireOp[] }[] = [];
  for (const number of numbersIn(own)) {
    const found = byNumber.get(number);
    if (!found) continue;
    const [run, wire] = found;
    const last = runs.at(-1);
    if (last?.run === run) last.ops.push(wire);
    else runs.push({ run, ops: [wire] });
  }
  return runs.map(({ run, ops }) => ({ ...run, ops }));
}
