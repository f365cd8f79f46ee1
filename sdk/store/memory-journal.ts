import type { ReplicaId, Scope } from '../protocol/ids.ts';
import type { Commit } from '../protocol/wire.ts';
import type { Journal, JournalContents, JournalWrite, OutboxEntry, StoredFold } from './journal.ts';

/** Keeps nothing past the page: for `storage: 'memory'`, Node, tests, and browsers without a usable store. */
export function memoryJournal(replicaId: ReplicaId): Journal {
  const lastNumbers = new Map<Scope, number>();
  const outbox = new Map<string, OutboxEntry>();
  const folds = new Map<Scope, StoredFold>();
  const tails = new Map<Scope, Commit[]>();

  return {
    kind: 'memory',

    async load(): Promise<JournalContents> {
      const scopes = new Set([...folds.keys(), ...tails.keys()]);
      return {
        replicaId,
        scopes: [...scopes].map((scope) => ({
          scope,
          snapshot: folds.get(scope) ?? null,
          commits: tails.get(scope) ?? [],
        })),
        outbox: [...outbox.values()],
      };
    },

    async write(change: JournalWrite): Promise<readonly number[]> {
      const numbers: number[] = [];
      for (const entry of change.enqueue) {
        const number = (lastNumbers.get(entry.scope) ?? 0) + 1;
        lastNumbers.set(entry.scope, number);
        numbers.push(number);
        outbox.set(entry.op.opId, { ...entry, op: { ...entry.op, number } });
      }
      for (const entry of change.update) outbox.set(entry.op.opId, entry);
      for (const { opId } of change.remove) outbox.delete(opId);
      for (const { scope, commit } of change.commits) {
        const tail = tails.get(scope);
        if (tail) tail.push(commit);
        else tails.set(scope, [commit]);
      }
      for (const { scope, fold } of change.snapshots) {
        folds.set(scope, fold);
        const tail = tails.get(scope) ?? [];
        tails.set(
          scope,
          tail.filter(
            (commit) => commit.generation === fold.cursor[0] && commit.seq > fold.cursor[1],
          ),
        );
      }
      for (const scope of change.clear) {
        folds.delete(scope);
        tails.delete(scope);
        for (const [opId, entry] of outbox)
          if (entry.scope === scope && !entry.setAside) outbox.delete(opId);
      }
      return numbers;
    },

    async close() {},
  };
}
