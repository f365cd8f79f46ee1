import { may } from '../../sdk/merge/permissions.ts';
import type { GroupState, ScopeState } from '../../sdk/merge/states.ts';
import { isUpload } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Payloads } from '../../sdk/protocol/payloads.ts';
import type { Run, WireOp } from '../../sdk/protocol/wire.ts';
import type { PushJob } from './job.ts';
import type { JudgeContext } from './judge.ts';

/**
 * How many ops of a run, from the place `from` on, are tracks for the playlist's end that `judge` would accept one
 * after the other: what somebody added in a tunnel is judged as a whole. 0 where it takes a closer look.
 */
export function acceptedAppends(
  run: Run,
  from: number,
  job: PushJob,
  state: ScopeState,
  context: JudgeContext,
): number {
  if (state.kind !== 'group' || !isOpenTo(run, job, state, context)) return 0;
  const { playlist, applied } = state;
  const first = run.ops[from]?.[0] ?? 0;
  if (first <= (applied.get(run.replicaId)?.at(-1)?.[1] ?? 0)) return 0;
  const latestMs = context.nowMs + limits.maxClockAheadMs;
  const ids = new Set<string>();
  let count = 0;
  for (const op of from === 0 ? run.ops : run.ops.slice(from)) {
    const [number, , wallMs] = op;
    const items = appended(op);
    if (!items || number !== first + count || wallMs > latestMs) break;
    if (!items.every(({ itemId }) => isNew(itemId, playlist, ids))) break;
    if (playlist.items.size + ids.size > limits.maxPlaylistItems) break;
    count++;
  }
  return count;
}

/** What holds for every op of the run alike. */
function isOpenTo(run: Run, job: PushJob, state: GroupState, context: JudgeContext): boolean {
  const { actor, ownReplicas, remembered } = job;
  if (run.authorId !== actor.userId || !ownReplicas.has(run.replicaId)) return false;
  if (remembered.size > 0 || context.poison.size > 0) return false;
  // While something plays each change of the playlist is folded by itself.
  if (state.playback.record.playing || state.info.info.deleted) return false;
  // A replica whose numbers were forgotten is looked at op by op.
  if (state.forgottenMs > 0 && !state.applied.has(run.replicaId)) return false;
  const [generation, seq] = run.base;
  if (generation !== context.view.generation || seq > context.view.seq) return false;
  return may(state, actor.userId, 'add-tracks');
}

function appended([, , , , type, payload]: WireOp): Payloads['playlist.add']['items'] | undefined {
  if (type !== 'playlist.add') return undefined;
  // A cast: decoding has had the payload through the schema of its type.
  const { items, after } = payload as Payloads['playlist.add'];
  if (after !== undefined || items.some(({ fileId }) => isUpload(fileId))) return undefined;
  return items;
}

/** Notes the id in `ids`, too. */
function isNew(itemId: string, { items, removed }: GroupState['playlist'], ids: Set<string>) {
  if (ids.has(itemId) || items.has(itemId) || removed.has(itemId)) return false;
  ids.add(itemId);
  return true;
}
