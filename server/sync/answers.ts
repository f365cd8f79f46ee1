import { toRanges } from '../../sdk/protocol/codec.ts';
import type {
  AckedCommit,
  Commit,
  OwnRun,
  PushAnswer,
  PushMessage,
  Run,
} from '../../sdk/protocol/wire.ts';
import type { PushVerdicts } from './job.ts';
import { factsOf } from './run-facts.ts';
import { cursorOf, type View } from './view.ts';

/** @param commit the one that took its ops, if any were taken and no answer before has told it */
export function pushAnswer(
  message: PushMessage,
  verdicts: PushVerdicts,
  commit: AckedCommit | undefined,
  view: View,
): PushAnswer {
  return {
    scope: message.scope,
    batch: message.batch,
    applied: verdicts.applied,
    refused: verdicts.refused,
    retry: verdicts.retry,
    ...(verdicts.isAstray && { pullFirst: true }),
    commits: commit ? [commit] : [],
    head: cursorOf(view),
  };
}

/** The commit with the ops that these pushes brought left out: the replica has them, and their order is kept. */
export function withoutOwn(commit: Commit, pushes: readonly PushMessage[]): AckedCommit {
  const pushed = pushes.flatMap(({ runs }) => runs);
  const whole = new Set<unknown>(pushed);
  let sent: ReadonlyMap<string, ReadonlySet<number>> | undefined;
  const runs = commit.runs.flatMap((run) => {
    if (whole.has(run)) return ownRun(run);
    sent ??= numbersByReplica(pushed);
    return splitRun(run, sent.get(run.replicaId));
  });
  return { ...commit, runs };
}

function numbersByReplica(runs: readonly Run[]): ReadonlyMap<string, ReadonlySet<number>> {
  const sent = new Map<string, Set<number>>();
  for (const { replicaId, ops } of runs) {
    const numbers = sent.get(replicaId) ?? new Set();
    for (const [number] of ops) numbers.add(number);
    sent.set(replicaId, numbers);
  }
  return sent;
}

function splitRun(run: Run, own: ReadonlySet<number> | undefined): readonly (Run | OwnRun)[] {
  if (!own) return [run];
  const isOwn = (index: number) => own.has(run.ops[index]?.[0] ?? 0);
  const parts: (Run | OwnRun)[] = [];
  for (let from = 0, to = 0; from < run.ops.length; from = to) {
    while (to < run.ops.length && isOwn(to) === isOwn(from)) to++;
    const ops = run.ops.slice(from, to);
    const part = { ...run, ops };
    parts.push(isOwn(from) ? ownRun(part) : part);
  }
  return parts;
}

function ownRun(run: Run): OwnRun {
  const { numbers } = factsOf(run);
  return { own: numbers ? [numbers] : toRanges(run.ops.map(([number]) => number)) };
}
