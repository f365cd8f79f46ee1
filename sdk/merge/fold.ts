import { toOp } from '../protocol/codec.ts';
import { groupOfScope, type ReplicaId, type Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { Commit, WireOp } from '../protocol/wire.ts';
import { foldAppends } from './fold-appends.ts';
import { mergeGroupOp } from './fold-group.ts';
import { info } from './info.ts';
import { invitations } from './invitations.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { places } from './places.ts';
import { playback } from './playback.ts';
import { playlist } from './playlist.ts';
import { profile } from './profile.ts';
import { prune } from './prune.ts';
import { add, has, noNumbers } from './ranges.ts';
import { reactions } from './reactions.ts';
import { session } from './session.ts';
import { emptyMap } from './sorted-map.ts';
import type { GroupState, ScopeState, UserState } from './states.ts';
import type { MergeContext } from './strategy.ts';

/** Raised whenever the same log would fold to another state: a snapshot of another version is folded anew. */
export const foldVersion = 3;

export function emptyState(scope: Scope): ScopeState {
  return groupOfScope(scope) === undefined ? emptyUser : emptyGroup;
}

/**
 * Folds one op of the log, once: an op whose number its replica has in already changes nothing. Total: an op that does
 * not fit the state, or the scope, changes nothing but the numbers applied.
 */
export function foldOp(state: ScopeState, op: Op, context: MergeContext): ScopeState {
  const numbers = state.applied.get(op.replicaId) ?? noNumbers;
  if (has(numbers, op.number)) return state;
  const merged = mergeOp(state, op, context);
  const applied = merged.applied.set(op.replicaId, add(numbers, op.number), context.edit);
  return { ...merged, applied };
}

/** Folds a whole commit, its first op at `commit.seq`, under one edit token. The state given stays as it was. */
export function foldCommit(state: ScopeState, commit: Commit): ScopeState {
  const { generation, atMs } = commit;
  const edit = {};
  let next = state;
  let { seq } = commit;
  for (const run of commit.runs) {
    const { length } = run.ops;
    for (let place = 0, taken = 1; place < length; place += taken, seq += taken) {
      const context = { at: { generation, seq, atMs }, edit };
      const appended = foldAppends(next, run, place, context);
      taken = appended?.taken ?? 1;
      next = appended?.state ?? foldOp(next, toOp(run, run.ops[place] as WireOp), context);
    }
  }
  return next;
}

/**
 * Merges an op that the log does not have yet over what is confirmed. It counts as applied only once the log has it,
 * and opens no question that its place in the log may settle.
 */
export function foldPending(state: ScopeState, op: Op, context: MergeContext): ScopeState {
  const next = mergeOp(state, op, context);
  if (state.kind === 'group' || next.kind === 'group' || next.conflicts === state.conflicts) {
    return next;
  }
  const conflicts = state.conflicts.filter((open) =>
    next.conflicts.some(({ conflictId }) => conflictId === open.conflictId),
  );
  return { ...next, conflicts };
}

/** Whether the state has an op of this number in. */
export function isApplied(state: ScopeState, replicaId: ReplicaId, number: number): boolean {
  return has(state.applied.get(replicaId) ?? noNumbers, number);
}

function mergeOp(state: ScopeState, op: Op, context: MergeContext): ScopeState {
  if (op.type === 'log.prune') return prune(state, op, context);
  if (state.kind === 'group') return mergeGroupOp(state, op, context);
  if (op.type !== 'profile.update' && op.type !== 'profile.answer') return state;
  const merged = profile.merge(state, op, context);
  return merged === state ? state : { ...state, ...merged };
}

const emptyUser: UserState = {
  kind: 'user',
  ...profile.empty,
  applied: emptyMap(),
  forgottenMs: 0,
};

const emptyGroup: GroupState = {
  kind: 'group',
  info: info.empty,
  members: members.empty,
  invitations: invitations.empty,
  playlist: playlist.empty,
  playback: playback.empty,
  session: session.empty,
  places: places.empty,
  messages: messages.empty,
  reactions: reactions.empty,
  plays: [],
  applied: emptyMap(),
  forgottenMs: 0,
};
