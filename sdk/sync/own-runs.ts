import { numbersIn } from '../protocol/codec.ts';
import type { AckedCommit, Commit, OwnRun, Run, WireOp } from '../protocol/wire.ts';

/**
 * Puts back into a commit what its answer left out: the ops that this replica sent itself.
 *
 * @param sent the runs of the push that the answer names; all of one replica, so numbers are unique
 */
export function completeCommit(commit: AckedCommit, sent: readonly Run[]): Commit {
  const only = commit.runs.length === 1 ? commit.runs[0] : undefined;
  if (only && 'own' in only && coversAll(only, sent)) return { ...commit, runs: sent };

  const byNumber = new Map<number, readonly [Run, WireOp]>();
  for (const run of sent) for (const wire of run.ops) byNumber.set(wire[0], [run, wire]);
  const runs = commit.runs.flatMap((run) => ('own' in run ? pick(run, byNumber) : [run]));
  return { ...commit, runs };
}

function coversAll({ own }: OwnRun, sent: readonly Run[]): boolean {
  const numbers = numbersIn(own);
  for (const run of sent) {
    for (const wire of run.ops) if (numbers.next().value !== wire[0]) return false;
  }
  return numbers.next().done === true;
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
