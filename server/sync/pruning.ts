import { emptyState } from '../../sdk/merge/fold.ts';
import { prune } from '../../sdk/merge/prune.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { type ReplicaId, type Scope, serverReplicaId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { OpOf } from '../../sdk/protocol/ops.ts';
import type { Payloads } from '../../sdk/protocol/payloads.ts';
import type { LogHead, LogsStore } from '../ports/store.ts';
import type { ServerDraft } from './job.ts';
import { endOf, lastCommitWhere } from './log-places.ts';
import type { View } from './view.ts';

/**
 * Tombstones are kept for this long, and for this many ops, after what they stand for was removed. No replica needs
 * them to be right: ops are known by their numbers, and one on something pruned is refused as one on something removed.
 */
const keptMs = 60 * 60 * 1_000;
const keptOps = 500;
/** Fewer entries than this are not worth an op of the log. */
const worthEntries = 250;
const worthReplicas = 50;

/** What is too young to be pruned, or too near the end of the log. */
export interface Unpruned {
  readonly ms: number;
  readonly ops: number;
  /** Fewer entries than this are not worth an op of the log. */
  readonly worth?: number;
}

/**
 * The server's op that drops what nothing refers to any more, if that is worth one.
 *
 * @param base what the log came to where its kept part begins: replicas that wrote nothing since are forgotten
 * @param keeps how much is never pruned, and how much that may go is worth an op; smaller in tests
 */
export async function pruningOf(
  { log }: Pick<LogsStore, 'log'>,
  scope: Scope,
  head: LogHead,
  base: View | undefined,
  nowMs: number,
  keeps: Unpruned = { ms: keptMs, ops: keptOps },
): Promise<((state: ScopeState) => readonly ServerDraft[]) | undefined> {
  const last = await lastCommitWhere(
    log,
    scope,
    head,
    (commit) => endOf(commit) <= head.seq - keeps.ops && commit.atMs <= nowMs - keeps.ms,
  );
  const seq = last ? endOf(last) : head.firstSeq - 1;
  if (seq <= 0) return undefined;
  const before = base?.state ?? emptyState(scope);
  return (state) => {
    const replicas = silentSince(before, state);
    const beforeMs = base && replicas.length > 0 ? base.atMs : (last?.atMs ?? 0);
    const payload = { seq, beforeMs, replicas };
    return isWorth(state, payload, keeps.worth ?? worthEntries)
      ? [{ type: 'log.prune', payload }]
      : [];
  };
}

/** Replicas whose numbers are the same as then. */
function silentSince(before: ScopeState, now: ScopeState): readonly ReplicaId[] {
  const silent: ReplicaId[] = [];
  for (const [replicaId, ranges] of before.applied) {
    if (replicaId === serverReplicaId) continue;
    if (now.applied.get(replicaId)?.at(-1)?.[1] === ranges.at(-1)?.[1]) silent.push(replicaId);
    if (silent.length === limits.maxPrunedReplicas) break;
  }
  return silent;
}

function isWorth(state: ScopeState, payload: Payloads['log.prune'], worth: number): boolean {
  if (payload.replicas.length >= worthReplicas) return true;
  const op = { type: 'log.prune', payload } as OpOf<'log.prune'>;
  const at = { generation: 1, seq: payload.seq, atMs: 0 };
  return entriesIn(state) - entriesIn(prune(state, op, { at, edit: {} })) >= worth;
}

function entriesIn(state: ScopeState): number {
  if (state.kind === 'user') return 0;
  const { playlist, invitations, places, reactions } = state;
  return (
    playlist.removed.size + playlist.runs.size + invitations.size + places.size + reactions.size
  );
}
