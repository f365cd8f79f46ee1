import type { ReplicaId } from '../../sdk/protocol/ids.ts';
import type { Job, Waiting } from './job.ts';

const maxOpsPerCommit = 2_000;

/**
 * What the writer takes next from its queue, in order.
 *
 * Pushes of a replica share a commit only where they have one sender, which gets their answers in order: an answer
 * leaves out what its own sender brought, so a push of the same replica over another link would travel back. And it
 * names what it leaves out by number alone, so two replicas of one sender, as after its storage failed, do not share.
 */
export function nextBatch(waiting: readonly Waiting[]): { batch: Waiting[]; rest: Waiting[] } {
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  const senders = new Map<ReplicaId, object | undefined>();
  const replicas = new Map<object, ReplicaId>();
  /** Replicas with a push that was put off: what they sent behind it waits too. */
  const putOff = new Set<ReplicaId>();
  let opCount = 0;
  for (const entry of waiting) {
    const { replicaIds, sender } = entry;
    const fits = opCount === 0 || opCount + entry.opCount <= maxOpsPerCommit;
    const goes = replicaIds.every((id) => {
      if (putOff.has(id) || (sender && (replicas.get(sender) ?? id) !== id)) return false;
      return !senders.has(id) || (sender !== undefined && senders.get(id) === sender);
    });
    if (fits && goes) {
      batch.push(entry);
      opCount += entry.opCount;
      for (const id of replicaIds) {
        senders.set(id, sender);
        if (sender) replicas.set(sender, id);
      }
    } else {
      rest.push(entry);
      for (const id of replicaIds) putOff.add(id);
    }
  }
  return { batch, rest };
}

/** Those that can be had; who waits for another is told why not. */
export async function readyJobs(batch: readonly Waiting[]): Promise<readonly Job[]> {
  const jobs: Job[] = [];
  for (const waiting of batch) {
    try {
      jobs.push(await waiting.job);
    } catch (error) {
      waiting.fail(error);
    }
  }
  return jobs;
}
