import type { OpFor } from '../protocol/ops.ts';
import { appendTracks, insertTracks } from './playlist-add.ts';
import { keyBehind, withRoom } from './playlist-order.ts';
import { emptyMap } from './sorted-map.ts';
import type { PlaylistState } from './states.ts';
import type { MergeContext, MergeStrategy } from './strategy.ts';

export type PlaylistOpType =
  | 'playlist.add'
  | 'playlist.remove'
  | 'playlist.move'
  | 'playlist.amend';

/**
 * An add-wins set whose order follows the log. Every add keeps all its items; an item stands by its position key,
 * which is a function of the log alone. Two moves of one item converge on the later in the log; a removed item stays
 * removed. A length is learnt once: devices decode slightly different ones, and what sounds must not jump between.
 */
export const playlist: MergeStrategy<PlaylistState, PlaylistOpType> = {
  empty: { items: emptyMap(), order: emptyMap(), removed: emptyMap(), runs: emptyMap() },

  merge(state, op, context) {
    switch (op.type) {
      case 'playlist.add':
        return op.payload.after === undefined
          ? appendTracks(state, { ...op, tracks: [op.payload.items] }, context).state
          : insertTracks(state, op, op.payload.after, context);
      case 'playlist.remove':
        return remove(state, op, context);
      case 'playlist.move':
        return move(state, op, context);
      case 'playlist.amend':
        return amend(state, op, context);
    }
  },
};

function remove(
  state: PlaylistState,
  { payload: { itemId } }: OpFor<'playlist.remove'>,
  { edit, at }: MergeContext,
): PlaylistState {
  const item = state.items.get(itemId);
  if (!item) return state;
  return {
    ...state,
    items: state.items.delete(itemId, edit),
    order: state.order.delete(item.key, edit),
    removed: state.removed.set(itemId, at.seq, edit),
  };
}

function move(
  state: PlaylistState,
  { payload: { itemId, after } }: OpFor<'playlist.move'>,
  { edit }: MergeContext,
): PlaylistState {
  const item = state.items.get(itemId);
  if (!item || after === itemId) return state;
  const before = state.order.before(item.key)?.[1].itemId ?? null;
  const anchor = after === null || state.items.has(after) ? after : state.order.last()?.[1].itemId;
  if (anchor === itemId || anchor === before) return state;
  const order = state.order.delete(item.key, edit);
  const key = keyBehind(state.items, order, anchor ?? null);
  const placed = { ...item, key };
  const moved = {
    ...state,
    items: state.items.set(itemId, placed, edit),
    order: order.set(key, placed, edit),
  };
  return withRoom(moved, key, edit);
}

function amend(
  state: PlaylistState,
  { payload: { itemId, durationMs } }: OpFor<'playlist.amend'>,
  { edit }: MergeContext,
): PlaylistState {
  const item = state.items.get(itemId);
  if (!item || item.durationMs !== undefined) return state;
  const known = { ...item, durationMs };
  return {
    ...state,
    items: state.items.set(itemId, known, edit),
    order: state.order.set(item.key, known, edit),
  };
}
