import type { ReplicaId, Scope } from '../protocol/ids.ts';
import {
  type AckedOp,
  Deposed,
  type Journal,
  type JournalContents,
  type JournalWrite,
  type OutboxEntry,
} from './journal.ts';

/** Older ones are let go: they are of use only where a server has lost what it had acknowledged. */
const maxAcked = 10_000;

/**
 * Keeps the outbox for the page's life and nothing else: for `storage: 'memory'`, Node, and browsers without a
 * usable store. Folded state lives in the replica; here it would only be a second copy that nobody reads.
 */
export function memoryJournal(replicaId: ReplicaId): Journal {
  const lastNumbers = new Map<Scope, number>();
  /** With the number that each was given: put together only where somebody reads, which is nearly never. */
  const outbox = new Map<string, readonly [entry: OutboxEntry, number: number]>();
  let lastTerm = 0;
  let acked: AckedOp[] = [];

  return {
    kind: 'memory',

    async load(): Promise<JournalContents> {
      return { replicaId, scopes: [], outbox: [...outbox.values()].map(numbered) };
    },

    async lead() {
      lastTerm += 1;
      return lastTerm;
    },

    async write(change: JournalWrite, term?: number): Promise<readonly number[]> {
      if (term !== undefined && term !== lastTerm) throw new Deposed();
      const numbers: number[] = [];
      for (const entry of change.enqueue) {
        const number = (lastNumbers.get(entry.scope) ?? 0) + 1;
        lastNumbers.set(entry.scope, number);
        numbers.push(number);
        outbox.set(entry.op.opId, [entry, number]);
      }
      for (const entry of change.requeue) outbox.set(entry.op.opId, [entry, entry.op.number]);
      for (const entry of change.update) {
        if (outbox.has(entry.op.opId)) outbox.set(entry.op.opId, [entry, entry.op.number]);
      }
      for (const { opId } of change.remove) outbox.delete(opId);
      for (const own of change.acked) acked.push(own);
      if (acked.length > 2 * maxAcked) acked = acked.slice(-maxAcked);
      for (const scope of change.clear) {
        for (const [opId, [entry]] of outbox) {
          if (entry.scope === scope && !entry.setAside) outbox.delete(opId);
        }
        acked = acked.filter((own) => own.scope !== scope);
      }
      return numbers;
    },

    async acked(scope, generation, sinceMs, upToSeq = Number.POSITIVE_INFINITY) {
      return acked
        .filter(
          (own) =>
            own.scope === scope &&
            own.generation === generation &&
            own.atMs >= sinceMs &&
            own.seq <= upToSeq,
        )
        .map(({ op }) => op);
    },

    async close() {},
  };
}

function numbered([entry, number]: readonly [entry: OutboxEntry, number: number]): OutboxEntry {
  return { ...entry, op: { ...entry.op, number } };
}
