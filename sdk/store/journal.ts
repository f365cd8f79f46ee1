import type { ErrorCode } from '../protocol/errors.ts';
import type { Hlc } from '../protocol/hlc.ts';
import type { OpId, ReplicaId, Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { Commit, Cursor } from '../protocol/wire.ts';

/** One op that waits, or was set aside. */
export interface OutboxEntry {
  readonly scope: Scope;
  readonly op: Op;
  /** Once sent, the stamp stays as it is. */
  readonly frozen: boolean;
  /** Stamped before the server's clock was known: re-based before the op is sent. */
  readonly provisional: boolean;
  /** Answers of the server about this op that were neither yes nor a final no. */
  readonly attempts: number;
  /** Newest reading this replica had confirmed when the op was made: re-basing never goes below it. */
  readonly madeAfter: Hlc;
  readonly dependsOn: readonly OpId[];
  readonly setAside: SetAside | null;
}

export interface SetAside {
  readonly code: ErrorCode;
  readonly message: string;
  readonly atMs: number;
}

/** What a replica knows of one scope without asking: a folded prefix and the commits since. */
export interface StoredScope {
  readonly scope: Scope;
  readonly snapshot: StoredFold | null;
  readonly commits: readonly Commit[];
}

export interface StoredFold {
  readonly cursor: Cursor;
  readonly foldVersion: number;
  /** JSON of `sdk/merge/snapshot.ts`; null: nothing of the log is folded yet. */
  readonly json: unknown;
}

export interface JournalContents {
  readonly replicaId: ReplicaId;
  readonly scopes: readonly StoredScope[];
  /** In the order in which the ops were made. */
  readonly outbox: readonly OutboxEntry[];
  /** What the person has to know of what was kept and cannot be read; said once. */
  readonly note?: string | null;
}

/** An op of this replica that a log has. */
export interface AckedOp {
  readonly scope: Scope;
  /** The log's generation then. */
  readonly generation: number;
  /** It stands there in the log or before. */
  readonly seq: number;
  readonly op: Op;
  /** When this device heard of it, by its own clock. */
  readonly atMs: number;
}

/** How long an op is kept after a log has taken it. */
export const ackedKeptMs: number = 24 * 60 * 60 * 1_000;

/** Changes that become durable together or not at all, in this order of what they do to an op: new, back, changed, gone. */
export interface JournalWrite {
  /** New ops, still without number. */
  readonly enqueue: readonly OutboxEntry[];
  /** Known ops whose stamp, attempts or set-aside mark changed. */
  readonly update: readonly OutboxEntry[];
  readonly remove: readonly { readonly scope: Scope; readonly opId: OpId }[];
  readonly commits: readonly { readonly scope: Scope; readonly commit: Commit }[];
  /** Replaces the scope's snapshot and drops the commits that it covers. */
  readonly snapshots: readonly { readonly scope: Scope; readonly fold: StoredFold }[];
  /** Own ops that the log has by now: kept for 24 hours, so that they can come back to a log that was wound back. */
  readonly acked: readonly AckedOp[];
  /** Ops that wait once more, under the numbers that they have. */
  readonly requeue: readonly OutboxEntry[];
  /** Scopes to forget, outbox included. */
  readonly clear: readonly Scope[];
}

/**
 * What makes a replica survive a reload: outbox, confirmed state and cursor, changed in one transaction.
 *
 * Adapters: IndexedDB through `idb`, memory. One contract suite, `journal.contract.ts`.
 */
export interface Journal {
  readonly kind: 'disk' | 'memory';
  load(): Promise<JournalContents>;
  /**
   * Writes all of it in one transaction, and numbers the new ops per scope in their order.
   *
   * @param term of the tab that leads; absent: a tab that only enqueues
   * @returns the enqueued ops' numbers, in order
   * @throws {Deposed} when another tab leads by now: nothing was written
   * @throws {JamzError} `storage-full` when the device has no room; `unavailable` when the store is gone
   */
  write(change: JournalWrite, term?: number): Promise<readonly number[]>;
  /**
   * Ops of a scope that the given generation of its log took since a time, in the order in which they were heard of.
   *
   * @param upToSeq only those that surely stand there or before; default all
   */
  acked(
    scope: Scope,
    generation: number,
    sinceMs: number,
    upToSeq?: number,
  ): Promise<readonly Op[]>;
  /** Makes the caller the leading tab: every earlier term's writes fail from now on. @returns the new term */
  lead(): Promise<number>;
  close(): Promise<void>;
}

/** A tab that led wrote after another had taken over. It reads the journal again and follows. */
export class Deposed extends Error {
  override readonly name = 'Deposed';
}

export const noChange: JournalWrite = {
  enqueue: [],
  update: [],
  remove: [],
  commits: [],
  snapshots: [],
  acked: [],
  requeue: [],
  clear: [],
};
