import type { Op, OpFor } from '../protocol/ops.ts';
import type { Payloads } from '../protocol/payloads.ts';
import type { Run } from '../protocol/wire.ts';
import { appendTracks } from './playlist-add.ts';
import { add, noNumbers } from './ranges.ts';
import type { ScopeState } from './states.ts';
import type { MergeContext } from './strategy.ts';

/**
 * Folds the appends that follow each other in a run as one: ten thousand tracks added in a tunnel need no op object
 * each. The state is the one that op by op gives.
 *
 * @param from place in the run of the op that the log has at `context.at`
 * @returns undefined where that op has to be folded by itself
 */
export function foldAppends(
  state: ScopeState,
  { replicaId, authorId, base: [generation, seq], ops }: Run,
  from: number,
  context: MergeContext,
): { readonly state: ScopeState; readonly taken: number } | undefined {
  // While something plays, each change of the playlist first brings the record up to its time.
  if (state.kind !== 'group' || state.playback.record.playing) return undefined;
  const numbers = state.applied.get(replicaId) ?? noNumbers;
  const first = ops[from]?.[0] ?? 0;
  if (first <= (numbers[numbers.length - 1]?.[1] ?? 0)) return undefined;
  // Of a base that this log does not have, nothing follows for the op behind.
  const { at } = context;
  if (generation > at.generation || (generation === at.generation && seq > at.seq))
    return undefined;

  const tracks: Payloads['playlist.add']['items'][] = [];
  for (let place = from; place < ops.length; place++) {
    // By index: taking a list apart by its iterator would cost more than all the rest.
    const op = ops[place] as Run['ops'][number];
    if (op[4] !== 'playlist.add' || op[0] !== first + tracks.length) break;
    const { items, after } = op[5] as Payloads['playlist.add'];
    if (after !== undefined) break;
    tracks.push(items);
  }
  if (tracks.length === 0) return undefined;
  const adds = { replicaId, authorId, base: { generation, seq }, tracks };
  const { state: playlist, taken } = appendTracks(state.playlist, adds, context);
  const known = add(numbers, [first, first + taken - 1]);
  const applied = state.applied.set(replicaId, known, context.edit);
  return { state: { ...state, playlist, applied }, taken };
}

/** Whether an op puts tracks at the end of the playlist. */
export function isAppend(op: Op | undefined): op is OpFor<'playlist.add'> {
  return op?.type === 'playlist.add' && op.payload.after === undefined;
}

/** As {@link foldAppends}, of ops that wait to be in the log: their numbers do not count yet. */
export function layAppends(
  state: ScopeState,
  ops: readonly Op[],
  from: number,
  context: MergeContext,
): { readonly state: ScopeState; readonly taken: number } | undefined {
  const first = ops[from];
  if (!isAppend(first) || state.kind !== 'group' || state.playback.record.playing) return undefined;
  const { replicaId, authorId, base } = first;
  if (base.generation === context.at.generation && base.seq > context.at.seq) return undefined;
  const tracks: Payloads['playlist.add']['items'][] = [];
  for (let op: Op | undefined = first; isAppend(op); op = ops[from + tracks.length]) {
    const isLike = op.replicaId === replicaId && op.base.generation === base.generation;
    if (!isLike || op.base.seq !== base.seq) break;
    tracks.push(op.payload.items);
  }
  const adds = { replicaId, authorId, base, tracks };
  const { state: playlist, taken } = appendTracks(state.playlist, adds, context);
  return { state: { ...state, playlist }, taken };
}
