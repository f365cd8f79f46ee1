import type { PushMessage, WireRefusal } from '../../sdk/protocol/wire.ts';
import type { RefusalStore } from '../ports/store.ts';
import { opKey } from './job.ts';

/** How long a final refusal is remembered, so that an op asked again gets the same answer. */
export const refusalsTtlMs: number = 24 * 60 * 60 * 1_000;

/** The remembered refusals of a push's ops, by op key. */
export async function rememberedRefusals(
  store: RefusalStore,
  { scope, runs }: Pick<PushMessage, 'scope' | 'runs'>,
): Promise<ReadonlyMap<string, WireRefusal>> {
  const found = new Map<string, WireRefusal>();
  for (const [replicaId, own] of Map.groupBy(runs, (run) => run.replicaId)) {
    const numbers = own.flatMap(({ ops }) => ops.map((wire) => wire[0]));
    for (const [number, { code, message }] of await store.get(scope, replicaId, numbers)) {
      found.set(opKey({ replicaId, number }), [number, code, message]);
    }
  }
  return found;
}

const sweepEveryMs = 60 * 60 * 1_000;

/** Forgets what has expired, at most once an hour, whenever it is called. */
export function createForgetting(
  store: RefusalStore,
  onBug: (error: unknown) => void,
): (nowMs: number) => void {
  let dueMs = 0;
  return (nowMs) => {
    if (nowMs < dueMs) return;
    dueMs = nowMs + sweepEveryMs;
    store.dropExpired(nowMs).catch(onBug);
  };
}
