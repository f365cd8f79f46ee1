import type { JamzError } from '../protocol/errors.ts';
import type { ReplicaId, Scope } from '../protocol/ids.ts';
import type { Base, Op } from '../protocol/ops.ts';
import type { Commit } from '../protocol/wire.ts';
import {
  Deposed,
  type Journal,
  type JournalWrite,
  noChange,
  type StoredFold,
} from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { asUnusable } from './open-journal.ts';
import { type PendingOp, toEntry } from './pending-op.ts';

/** What goes into one transaction. */
interface Batch {
  readonly draft: Draft;
  readonly fresh: PendingOp[];
}

type Draft = { -readonly [Key in keyof JournalWrite]: JournalWrite[Key][number][] };

export interface LedgerEvents {
  /** These ops are in the journal and have their numbers, in the order in which they were made. */
  stored(ops: readonly PendingOp[]): void;
  /** The disk cannot be used any more: from now on memory holds what waits. */
  degraded(error: JamzError, memoryReplicaId: ReplicaId): void;
  /** Another tab leads: from now on only new ops are written here. */
  deposed(): void;
}

/**
 * Writes a replica's changes to its journal: everything of one turn, and everything that came while the write before
 * was under way, in one transaction.
 *
 * When the disk fails, what waits stays in memory under a new replica id, because numbers that the disk never stored
 * would be given twice after a reload, and the server would take the second op for the first.
 */
export class Ledger {
  #journal: Journal;
  #term: number | undefined;
  readonly #events: LedgerEvents;
  readonly #newReplicaId: () => ReplicaId;
  #open: Batch = emptyBatch();
  readonly #sealed: Batch[] = [];
  #dirty = false;
  #writing: Promise<void> | undefined;
  #scheduled = false;
  #closed = false;

  /** @param term of the tab that leads; undefined for a tab that follows and only enqueues */
  constructor(
    journal: Journal,
    term: number | undefined,
    newReplicaId: () => ReplicaId,
    events: LedgerEvents,
  ) {
    this.#journal = journal;
    this.#term = term;
    this.#newReplicaId = newReplicaId;
    this.#events = events;
  }

  get kind(): Journal['kind'] {
    return this.#journal.kind;
  }

  /** Of the tab that leads; undefined where this one follows, or was deposed. */
  get term(): number | undefined {
    return this.#term;
  }

  /** Whether folded state is written: only on a disk, and only by the tab that leads. */
  get keepsState(): boolean {
    return this.#journal.kind === 'disk' && this.#term !== undefined;
  }

  enqueue(pending: PendingOp): void {
    this.#open.fresh.push(pending);
    this.#schedule();
  }

  update(pending: PendingOp): void {
    if (this.#term === undefined) return;
    this.#open.draft.update.push(toEntry(pending));
    this.#schedule();
  }

  remove(pending: PendingOp): void {
    if (this.#term === undefined) return;
    this.#open.draft.remove.push({ scope: pending.scope, opId: pending.op.opId });
    this.#schedule();
  }

  /** The log has it: it leaves the outbox, and is kept for a while in case the log loses it. */
  acked({ scope, op }: Pick<PendingOp, 'scope' | 'op'>, base: Base, atMs: number): void {
    if (this.#term === undefined) return;
    this.#open.draft.acked.push({ ...base, scope, op, atMs });
    this.#schedule();
  }

  /** @returns what {@link acked} was told of a log, as far as it is kept */
  async ackedIn(...which: Parameters<Journal['acked']>): Promise<readonly Op[]> {
    await this.flushed();
    return this.#journal.acked(...which);
  }

  /** An op that waits once more. */
  requeue(pending: PendingOp): void {
    if (this.#term === undefined) return;
    this.#open.draft.requeue.push(toEntry(pending));
    this.#schedule();
  }

  folded(scope: Scope, commit: Commit): void {
    if (!this.keepsState) return;
    this.#open.draft.commits.push({ scope, commit });
    this.#schedule();
  }

  snapshot(scope: Scope, fold: () => StoredFold): void {
    if (!this.keepsState) return;
    this.#open.draft.snapshots.push({ scope, fold: fold() });
    this.#schedule();
  }

  clear(scope: Scope): void {
    if (this.#term === undefined) return;
    this.#open.draft.clear.push(scope);
    // What comes to this scope from now on must not be cleared with what was there before.
    this.#sealed.push(this.#open);
    this.#open = emptyBatch();
    this.#schedule();
  }

  /** Resolves when everything told so far is stored. */
  async flushed(): Promise<void> {
    while (this.#dirty || this.#writing) {
      if (!this.#writing) this.#write();
      await this.#writing;
    }
  }

  /** As {@link flushed}, and a write has found out since whether this tab still leads. */
  confirmed(): Promise<void> {
    this.#schedule();
    return this.flushed();
  }

  async close(): Promise<void> {
    await this.flushed();
    this.#closed = true;
    await this.#journal.close();
  }

  #schedule(): void {
    // What comes after is inherited by the engine that takes over.
    if (this.#closed) return;
    this.#dirty = true;
    if (this.#scheduled || this.#writing) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (this.#dirty && !this.#writing) this.#write();
    });
  }

  #write(): void {
    const sealed = this.#sealed.shift();
    const { draft, fresh } = sealed ?? this.#open;
    if (!sealed) this.#open = emptyBatch();
    // What was drafted in a term that has ended meanwhile is the next leader's to find out for itself.
    const inTerm = this.#term === undefined ? noChange : draft;
    const change: JournalWrite = { ...inTerm, enqueue: fresh.map(toEntry) };
    this.#dirty = sealed !== undefined;
    this.#writing = this.#store(change, fresh).finally(() => {
      this.#writing = undefined;
      if (this.#dirty) this.#write();
    });
  }

  async #store(change: JournalWrite, fresh: readonly PendingOp[]): Promise<void> {
    try {
      this.#number(fresh, await this.#writeInTerm(change, fresh));
    } catch (error) {
      this.#degrade(asUnusable(error), fresh);
      if (this.#term !== undefined) this.#term = await this.#journal.lead();
      const enqueue = fresh.map(toEntry);
      this.#number(fresh, await this.#journal.write({ ...change, enqueue }, this.#term));
    }
    if (fresh.length > 0) this.#events.stored(fresh);
  }

  /** At once, so that no op made from now on carries the old id; those that wait for the next write get the new one. */
  #degrade(error: JamzError, fresh: readonly PendingOp[]): void {
    const replicaId = this.#newReplicaId();
    this.#journal.close().catch(() => {});
    this.#journal = memoryJournal(replicaId);
    const unwritten = [...this.#sealed, this.#open].flatMap((batch) => batch.fresh);
    for (const pending of [...fresh, ...unwritten]) pending.op = { ...pending.op, replicaId };
    this.#events.degraded(error, replicaId);
  }

  async #writeInTerm(
    change: JournalWrite,
    fresh: readonly PendingOp[],
  ): Promise<readonly number[]> {
    try {
      return await this.#journal.write(change, this.#term);
    } catch (error) {
      if (!(error instanceof Deposed)) throw error;
      this.#term = undefined;
      this.#events.deposed();
      return this.#journal.write({ ...noChange, enqueue: fresh.map(toEntry) });
    }
  }

  #number(fresh: readonly PendingOp[], numbers: readonly number[]): void {
    fresh.forEach((pending, index) => {
      pending.op = { ...pending.op, number: numbers[index] ?? 0 };
    });
  }
}

function emptyBatch(): Batch {
  const draft = { enqueue: [], update: [], remove: [], commits: [], snapshots: [] };
  return { draft: { ...draft, acked: [], requeue: [], clear: [] }, fresh: [] };
}
