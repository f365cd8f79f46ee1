import { wallMsOf } from '../protocol/hlc.ts';
import type { OpFor } from '../protocol/ops.ts';
import type { SortedMap } from './sorted-map.ts';
import type { GroupState, ScopeState } from './states.ts';
import type { MergeContext } from './strategy.ts';

/**
 * Drops what nothing refers to any more, as a function of the state and the op alone, so that every replica drops the
 * same at the same place of the log: tombstones and ends of runs up to `seq`, used-up invitations, removed places and
 * the names of former members up to there, reactions to tracks that are gone and in no history, and the numbers of replicas that have
 * been silent for long. Who was removed or banned stays so.
 */
export function prune(
  state: ScopeState,
  { payload }: OpFor<'log.prune'>,
  { edit }: MergeContext,
): ScopeState {
  const { seq, beforeMs, replicas } = payload;
  let { applied } = state;
  for (const replicaId of replicas) applied = applied.delete(replicaId, edit);
  const forgottenMs =
    replicas.length > 0 ? Math.max(state.forgottenMs, beforeMs) : state.forgottenMs;
  const rest = { applied, forgottenMs };
  if (state.kind === 'user') return { ...state, ...rest };
  const { items, runs } = state.playlist;
  const removed = without(state.playlist.removed, (at) => at <= seq, edit);
  const played = new Set(state.plays.map(({ itemId }) => itemId));
  const isGone = (itemId: string): boolean =>
    !items.has(itemId) && !removed.has(itemId) && !played.has(itemId);
  return {
    ...state,
    ...rest,
    playlist: {
      ...state.playlist,
      removed,
      runs: without(runs, (run) => run.seq <= seq, edit),
    },
    members: { ...state.members, former: withoutNames(state.members.former, seq, edit) },
    invitations: without(
      state.invitations,
      ({ seq: at, revoked, usesLeft, expiresAtMs }) =>
        at <= seq && (revoked || usesLeft === 0 || (expiresAtMs ?? Infinity) <= beforeMs),
      edit,
    ),
    places: without(
      state.places,
      ({ removed: isRemoved, stamps }) =>
        isRemoved && Object.values(stamps).every((stamp) => wallMsOf(stamp) < beforeMs),
      edit,
    ),
    reactions: without(state.reactions, (_, key) => isGone(key.slice(0, key.indexOf(' '))), edit),
  };
}

function withoutNames(
  former: GroupState['members']['former'],
  seq: number,
  edit: object,
): GroupState['members']['former'] {
  let rest = former;
  for (const [userId, end] of [...former]) {
    if (end.seq <= seq && end.name) rest = rest.set(userId, { ...end, name: '' }, edit);
  }
  return rest;
}

/** The map is read to its end before it is written: its nodes may be changed in place. */
function without<V>(
  map: SortedMap<V>,
  isGone: (value: V, key: string) => boolean,
  edit: object,
): SortedMap<V> {
  let rest = map;
  for (const [key, value] of [...map]) if (isGone(value, key)) rest = rest.delete(key, edit);
  return rest;
}
