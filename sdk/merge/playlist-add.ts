import type { ItemId } from '../protocol/ids.ts';
import type { Base, OpFor } from '../protocol/ops.ts';
import type { TrackEntry } from '../protocol/payloads.ts';
import { withRoom } from './playlist-order.ts';
import { keysFrom, maxKeyChars } from './position-keys.ts';
import type { AppendRun, PlacedItem, PlaylistState } from './states.ts';
import type { MergeContext } from './strategy.ts';

/** Adds of one writer that had seen the same of the log, one behind the other. */
export interface Adds extends Pick<OpFor<'playlist.add'>, 'replicaId' | 'authorId' | 'base'> {
  /** Each op's tracks. */
  readonly tracks: readonly (readonly TrackEntry[])[];
}

/**
 * Appends at the end, or behind the same replica's previous append where its writer had seen nothing of the log since
 * that one. So what a member adds in one tunnel stays together, however its pushes and those of others alternate.
 *
 * @param context of the first op; of several, each has seen nothing that came behind the one before
 * @returns how many ops were taken, one at least: keys may have to be handed out anew before the others
 */
export function appendTracks(
  state: PlaylistState,
  adds: Adds,
  context: MergeContext,
): { readonly state: PlaylistState; readonly taken: number } {
  const run = state.runs.get(adds.replicaId);
  const left = run && continues(run, adds.base) ? run.key : state.order.last()?.[0];
  const added = place(state, adds, left, context);
  const { key, taken } = added;
  if (key === undefined) return { state, taken };
  const { generation, seq } = context.at;
  const tail: AppendRun = { key, generation, seq: seq + added.lastOp };
  const runs = state.runs.set(adds.replicaId, tail, context.edit);
  return { state: withRoom({ ...added.state, runs }, key, context.edit), taken };
}

/** Puts tracks behind `after`, at the very front for null, at the end where that item is not there. */
export function insertTracks(
  state: PlaylistState,
  op: OpFor<'playlist.add'>,
  after: ItemId | null,
  context: MergeContext,
): PlaylistState {
  const { authorId } = op;
  const left =
    after === null ? undefined : (state.items.get(after)?.key ?? state.order.last()?.[0]);
  const added = place(state, { authorId, tracks: [op.payload.items] }, left, context);
  return added.key === undefined ? state : withRoom(added.state, added.key, context.edit);
}

/** Whether a writer had seen nothing that came behind its previous append. */
function continues(run: AppendRun, base: Base): boolean {
  if (base.generation !== run.generation) return base.generation < run.generation;
  return base.seq <= run.seq;
}

interface Placed {
  readonly state: PlaylistState;
  /** Of the last track, undefined where none was new. */
  readonly key: string | undefined;
  /** Which op brought it. */
  readonly lastOp: number;
  readonly taken: number;
}

/**
 * Puts tracks one behind the other, the first behind the key `left`, or at the very front. Ids that were ever here are
 * left out: an add creates and never revives. Ends early behind an op whose key has grown too long.
 */
function place(
  state: PlaylistState,
  { authorId, tracks }: Pick<Adds, 'authorId' | 'tracks'>,
  left: string | undefined,
  { edit, at }: MergeContext,
): Placed {
  let { items, order } = state;
  const right = left === undefined ? order.first() : order.after(left);
  const nextKey = keysFrom(left, right?.[0]);
  let ids: string[] = [];
  let keys: string[] = [];
  let placed: PlacedItem[] = [];
  const putDown = (): void => {
    items = items.setAll(ids, placed, edit);
    order = order.setAll(keys, placed, edit);
    ids = [];
    keys = [];
    placed = [];
  };
  let key: string | undefined;
  let lastOp = 0;
  let taken = 0;
  for (const added of tracks) {
    for (const track of added) {
      const { itemId } = track;
      // Ids of one tab ascend: such a stretch holds none twice, and is put down in one go.
      if (ids.length > 0 && itemId <= (ids[ids.length - 1] as string)) putDown();
      if (items.has(itemId) || state.removed.has(itemId)) continue;
      key = nextKey();
      lastOp = taken;
      ids.push(itemId);
      keys.push(key);
      placed.push({ ...track, addedBy: authorId, addedAtMs: at.atMs, key });
    }
    taken++;
    if (key && key.length > maxKeyChars) break;
  }
  if (key === undefined) return { state, key, lastOp, taken };
  putDown();
  return { state: { ...state, items, order }, key, lastOp, taken };
}
