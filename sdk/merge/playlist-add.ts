import type { ItemId } from '../protocol/ids.ts';
import type { OpFor } from '../protocol/ops.ts';
import { keyBehind, withRoom } from './playlist-order.ts';
import { keyBetween } from './position-keys.ts';
import type { AppendRun, PlaylistState } from './states.ts';
import type { MergeContext } from './strategy.ts';

/**
 * Appends at the end, or behind the same replica's previous append where its writer had seen nothing of the log since
 * that one. So what a member adds in one tunnel stays together, however its pushes and those of others alternate.
 */
export function appendTracks(
  state: PlaylistState,
  op: OpFor<'playlist.add'>,
  context: MergeContext,
): PlaylistState {
  const run = state.runs.get(op.replicaId);
  const left = run && continues(run, op) ? run.key : state.order.last()?.[0];
  const added = place(state, op, left, context);
  if (added.key === undefined) return state;
  const { generation, seq } = context.at;
  const tail = { key: added.key, generation, seq };
  const runs = added.state.runs.set(op.replicaId, tail, context.edit);
  return withRoom({ ...added.state, runs }, added.key, context.edit);
}

/** Puts tracks behind `after`, at the very front for null, at the end where that item is not there. */
export function insertTracks(
  state: PlaylistState,
  op: OpFor<'playlist.add'>,
  after: ItemId | null,
  context: MergeContext,
): PlaylistState {
  if (after !== null) {
    const left = state.items.get(after)?.key ?? state.order.last()?.[0];
    const added = place(state, op, left, context);
    return added.key === undefined ? state : withRoom(added.state, added.key, context.edit);
  }
  // The first goes to the very front; the others follow it.
  const front = keyBehind(state.items, state.order, null);
  const added = place(state, op, undefined, context, front);
  return added.key === undefined ? state : withRoom(added.state, added.key, context.edit);
}

/** Whether the writer of `op` had seen nothing that came behind its previous append. */
function continues(run: AppendRun, { base }: OpFor<'playlist.add'>): boolean {
  if (base.generation !== run.generation) return base.generation < run.generation;
  return base.seq <= run.seq;
}

/**
 * Puts the op's tracks one behind the other, the first behind the key `left`. Ids that were ever here are left out:
 * an add creates and never revives.
 *
 * @returns the key of the last one, undefined where none was new
 */
function place(
  state: PlaylistState,
  op: OpFor<'playlist.add'>,
  left: string | undefined,
  { edit, at }: MergeContext,
  first?: string,
): { readonly state: PlaylistState; readonly key: string | undefined } {
  let { items, order } = state;
  let key: string | undefined;
  for (const track of op.payload.items) {
    if (items.has(track.itemId) || state.removed.has(track.itemId)) continue;
    const behind: string | undefined = key ?? left;
    key =
      behind === undefined
        ? (first ?? keyBetween(order.last()?.[0], undefined))
        : keyBetween(behind, order.after(behind)?.[0]);
    const placed = { ...track, addedBy: op.authorId, addedAtMs: at.atMs, key };
    items = items.set(track.itemId, placed, edit);
    order = order.set(key, placed, edit);
  }
  return { state: key === undefined ? state : { ...state, items, order }, key };
}
