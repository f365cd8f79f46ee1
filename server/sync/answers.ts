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
import { cursorOf, type View } from './view.ts';

/** What a replica is told of its push: `commit` is the one that took its ops, if any were taken. */
export function pushAnswer(
  message: PushMessage,
  verdicts: PushVerdicts,
  commit: Commit | undefined,
  view: View,
): PushAnswer {
  const added = commit && verdicts.accepted.length > 0;
  return {
    scope: message.scope,
    batch: message.batch,
    applied: toRanges([...verdicts.known, ...verdicts.accepted].sort((a, b) => a - b)),
    refused: verdicts.refused,
    retry: verdicts.retry,
    commits: added ? [withoutOwn(commit, message)] : [],
    head: cursorOf(view),
  };
}

/** The commit with the ops that this push brought left out: the replica has them, and their order is kept. */
export function withoutOwn(commit: Commit, message: PushMessage): AckedCommit {
  const whole = new Set<unknown>(message.runs);
  const sent = new Map<string, Set<number>>();
  for (const { replicaId, ops } of message.runs) {
    const numbers = sent.get(replicaId) ?? new Set();
    for (const [number] of ops) numbers.add(number);
    sent.set(replicaId, numbers);
  }
  const runs = commit.runs.flatMap((run) =>
    whole.has(run) ? ownRun(run.ops) : splitRun(run, sent.get(run.replicaId)),
  );
  return { ...commit, runs };
}

function splitRun(run: Run, own: ReadonlySet<number> | undefined): readonly (Run | OwnRun)[] {
  if (!own) return [run];
  const isOwn = (index: number) => own.has(run.ops[index]?.[0] ?? 0);
  const parts: (Run | OwnRun)[] = [];
  for (let from = 0, to = 0; from < run.ops.length; from = to) {
    while (to < run.ops.length && isOwn(to) === isOwn(from)) to++;
    const ops = run.ops.slice(from, to);
    parts.push(isOwn(from) ? ownRun(ops) : { ...run, ops });
  }
  return parts;
}

function ownRun(ops: Run['ops']): OwnRun {
  return { own: toRanges(ops.map(([number]) => number)) };
}
