import type { ReplicaId } from '../../sdk/protocol/ids.ts';
import type { Waiting } from './job.ts';

const maxOpsPerCommit = 2_000;

/**
 * What the writer takes next from its queue, in order.
 *
 * One push of a replica at a time: the answer leaves out only what its own push brought, so a second push of the same
 * replica in the same commit would travel back to who sent it.
 */
export function nextBatch(waiting: readonly Waiting[]): { batch: Waiting[]; rest: Waiting[] } {
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  const replicas = new Set<ReplicaId>();
  let opCount = 0;
  for (const entry of waiting) {
    const isFull = opCount >= maxOpsPerCommit;
    if (isFull || entry.replicaIds.some((replicaId) => replicas.has(replicaId))) {
      rest.push(entry);
    } else {
      batch.push(entry);
      opCount += entry.opCount;
    }
    // Also of those put off, so that a replica's pushes stay in their order.
    for (const replicaId of entry.replicaIds) replicas.add(replicaId);
  }
  return { batch, rest };
}
