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
  const { applied } = state;
  const first = run.ops[from]?.[0] ?? 0;
  if (first <= (applied.get(run.replicaId)?.at(-1)?.[1] ?? 0)) return 0;
  const latestMs = context.nowMs + limits.maxClockAheadMs;
  const newIds = new NewIds(state.playlist);
  let count = 0;
  for (let place = from; place < run.ops.length; place++) {
    const op = run.ops[place] as WireOp;
    const items = appended(op);
    if (!items || op[0] !== first + count || op[2] > latestMs) break;
    if (!newIds.take(items)) break;
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

type Items = Payloads['playlist.add']['items'];

function appended(op: WireOp): Items | undefined {
  if (op[4] !== 'playlist.add') return undefined;
  // A cast: decoding has had the payload through the schema of its type.
  const { items, after } = op[5] as Payloads['playlist.add'];
  if (after !== undefined) return undefined;
  for (const { fileId } of items) if (isUpload(fileId)) return undefined;
  return items;
}

/** Which ids the playlist never had, as it grows by what is taken. */
class NewIds {
  readonly #playlist: GroupState['playlist'];
  /** Nothing there, ever there or taken has an id above it. */
  #highest: string;
  readonly #taken: string[] = [];
  /** The same, once an id does not ascend. */
  #lookup: Set<string> | undefined;

  constructor(playlist: GroupState['playlist']) {
    const { items, removed } = playlist;
    const [, highest = ''] = [items.last()?.[0] ?? '', removed.last()?.[0] ?? ''].sort();
    this.#playlist = playlist;
    this.#highest = highest;
  }

  /** @returns false where one of them is known, or does not fit: then nothing more is to be taken */
  take(items: Items): boolean {
    for (const { itemId } of items) {
      // Ids of one tab ascend: as a rule there is nothing to look up.
      if (itemId > this.#highest) this.#highest = itemId;
      else if (this.#isKnown(itemId)) return false;
      this.#taken.push(itemId);
      this.#lookup?.add(itemId);
    }
    return this.#playlist.items.size + this.#taken.length <= limits.maxPlaylistItems;
  }

  #isKnown(itemId: string): boolean {
    const { items, removed } = this.#playlist;
    this.#lookup ??= new Set(this.#taken);
    return items.has(itemId) || removed.has(itemId) || this.#lookup.has(itemId);
  }
}
