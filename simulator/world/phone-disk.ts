import { JamzError } from '../../sdk/protocol/errors.ts';
import type { OpId, ReplicaId, Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import {
  type AckedOp,
  ackedKeptMs,
  Deposed,
  type Journal,
  type JournalContents,
  type JournalWrite,
  type OutboxEntry,
  type StoredFold,
} from '../../sdk/store/journal.ts';
import type { Lifetime } from './lifetime.ts';
import type { Random } from './random.ts';

/** How a phone's storage behaves now. */
export interface PhoneDiskCondition {
  slowestWriteMs: number;
  /** Every write fails as for want of room. */
  full: boolean;
  /** Every access fails as in a store that the browser closed for good. */
  broken: boolean;
  /** A crash that waits for the next write: before it is durable, or after. */
  crashAtWrite: { readonly when: 'before' | 'after'; readonly crash: () => void } | undefined;
}

interface Contents {
  replicaId: ReplicaId | undefined;
  term: number;
  readonly outbox: Map<OpId, OutboxEntry>;
  readonly folds: Map<Scope, StoredFold>;
  /** By scope, then by seq. */
  readonly commits: Map<Scope, Map<number, Commit>>;
  readonly numbers: Map<Scope, number>;
  /** Own ops that logs have, for as long as they are kept. */
  acked: AckedOp[];
}

/** A transaction that is about to be durable. */
export interface DiskWrite {
  readonly change: JournalWrite;
  /** What the new ops of it get. */
  readonly numbers: readonly number[];
  /** Whether it comes from the tab that took the lead last. */
  readonly byLeader: boolean;
}

/** What a phone keeps through crashes: the journal as IndexedDB would have it, one transaction at a time. */
export class PhoneDisk {
  readonly condition: PhoneDiskCondition = {
    slowestWriteMs: 2,
    full: false,
    broken: false,
    crashAtWrite: undefined,
  };
  /** Told of each transaction just before it is durable. */
  onWrite: ((write: DiskWrite) => void) | undefined;
  #leader: Lifetime | undefined;
  #contents: Contents = empty();
  #evictions = 0;

  get contents(): Readonly<Contents> {
    return this.#contents;
  }

  /** The browser threw the store away. */
  evict(): void {
    this.#evictions += 1;
    this.#contents = empty();
  }

  /** The journal for one run. */
  open(lifetime: Lifetime, random: Random, newReplicaId: () => ReplicaId): Journal {
    const evictions = this.#evictions;
    const access = <T>(work: () => T): Promise<T> =>
      new Promise((resolve, reject) => {
        const delayMs = random.between(0.1, this.condition.slowestWriteMs);
        lifetime.after(delayMs, () => {
          try {
            const result = work();
            // Whoever died in it hears of nothing.
            if (lifetime.alive) resolve(result);
          } catch (error) {
            reject(error);
          }
        });
      });
    const usable = (): Contents => {
      if (this.condition.broken || this.#evictions !== evictions) {
        throw new JamzError('unavailable', 'The browser’s storage cannot be used.');
      }
      return this.#contents;
    };
    return {
      kind: 'disk',
      load: () =>
        access((): JournalContents => {
          const contents = usable();
          contents.replicaId ??= newReplicaId();
          const scopes = new Set([...contents.folds.keys(), ...contents.commits.keys()]);
          return {
            replicaId: contents.replicaId,
            outbox: [...contents.outbox.values()],
            scopes: [...scopes].map((scope) => ({
              scope,
              snapshot: contents.folds.get(scope) ?? null,
              commits: bySeq(contents.commits.get(scope)),
            })),
          };
        }),
      write: (change, term) =>
        access(() => {
          const contents = usable();
          if (this.condition.full) {
            throw new JamzError('storage-full', 'This device has no room left.');
          }
          if (term !== undefined && term !== contents.term) throw new Deposed();
          const planned = this.condition.crashAtWrite;
          this.condition.crashAtWrite = undefined;
          if (planned?.when === 'before') {
            planned.crash();
            return [];
          }
          const numbers = numbersFor(contents, change);
          this.onWrite?.({ change, numbers, byLeader: this.#leader === lifetime });
          apply(contents, change, numbers);
          planned?.crash();
          return numbers;
        }),
      acked: (scope, generation, sinceMs, upToSeq = Number.POSITIVE_INFINITY) =>
        access(() =>
          usable()
            .acked.filter((own) => own.scope === scope && own.generation === generation)
            .filter(({ seq }) => seq <= upToSeq)
            .filter(({ atMs }) => atMs >= sinceMs)
            .map(({ op }) => op),
        ),
      lead: () =>
        access(() => {
          const contents = usable();
          contents.term += 1;
          this.#leader = lifetime;
          return contents.term;
        }),
      async close() {},
    };
  }
}

function empty(): Contents {
  return {
    replicaId: undefined,
    term: 0,
    outbox: new Map(),
    folds: new Map(),
    commits: new Map(),
    numbers: new Map(),
    acked: [],
  };
}

function numbersFor({ numbers }: Contents, { enqueue }: JournalWrite): number[] {
  const last = new Map(numbers);
  return enqueue.map(({ scope }) => {
    const number = (last.get(scope) ?? 0) + 1;
    last.set(scope, number);
    return number;
  });
}

function apply(contents: Contents, change: JournalWrite, numbers: readonly number[]): void {
  const { outbox, folds, commits } = contents;
  change.enqueue.forEach((entry, index) => {
    const number = numbers[index] ?? 0;
    outbox.set(entry.op.opId, { ...entry, op: { ...entry.op, number } });
    contents.numbers.set(entry.scope, number);
  });
  for (const entry of change.requeue) outbox.set(entry.op.opId, entry);
  for (const entry of change.update) {
    if (outbox.has(entry.op.opId)) outbox.set(entry.op.opId, entry);
  }
  for (const { opId } of change.remove) outbox.delete(opId);
  const keptSinceMs = (change.acked[0]?.atMs ?? 0) - ackedKeptMs;
  if (change.acked.length > 0) {
    contents.acked = contents.acked.filter(({ atMs }) => atMs >= keptSinceMs);
    contents.acked.push(...change.acked);
  }
  for (const { scope, commit } of change.commits) {
    const known = commits.get(scope) ?? new Map<number, Commit>();
    commits.set(scope, known.set(commit.seq, commit));
  }
  for (const { scope, fold } of change.snapshots) {
    folds.set(scope, fold);
    for (const seq of commits.get(scope)?.keys() ?? []) {
      if (seq <= fold.cursor[1]) commits.get(scope)?.delete(seq);
    }
  }
  for (const scope of change.clear) {
    folds.delete(scope);
    commits.delete(scope);
    contents.acked = contents.acked.filter((own) => own.scope !== scope);
    for (const [opId, entry] of outbox) {
      if (entry.scope === scope && !entry.setAside) outbox.delete(opId);
    }
  }
}

function bySeq(commits: ReadonlyMap<number, Commit> | undefined): readonly Commit[] {
  return [...(commits?.values() ?? [])].sort((a, b) => a.seq - b.seq);
}
