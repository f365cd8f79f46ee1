import type { Hlc } from '../../sdk/protocol/hlc.ts';
import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { Commit, Cursor } from '../../sdk/protocol/wire.ts';

/** Logs, one for each scope: what everything else in a store that groups show is derived from. */
export interface LogStore {
  /** The end of a log; undefined when the scope has none. */
  head(scope: Scope): Promise<LogHead | undefined>;
  /**
   * Appends one commit, atomically, if it continues the log at `commit.seq` in the generation that the log has now
   * (compare-and-set on `(scope, generation, seq)`).
   * Appends of all scopes that wait at the same time share one transaction.
   *
   * @param runsJson `commit.runs` as JSON, where the caller has that text already
   * @returns `conflict` when another writer was first: nothing was written
   */
  append(scope: Scope, commit: Commit, runsJson?: string): Promise<'written' | 'conflict'>;
  /** Commits after `seq`, in order, at most `limit`. */
  read(scope: Scope, afterSeq: number, limit: number): Promise<readonly Commit[]>;
  /** The commit that ends at `seq`, if one does and it is kept: tells whether a cursor is on the chain. */
  endingAt(
    scope: Scope,
    seq: number,
  ): Promise<{ readonly generation: number; readonly hash: string } | undefined>;
  /**
   * Drops commits that end at or below `seq`, but none behind a place that is leased.
   *
   * @param nowMs leases that ended before count no more; by default all count
   */
  trim(scope: Scope, seq: number, nowMs?: number): Promise<void>;
  /** Keeps what comes after `seq` from being trimmed until `untilMs`; asked again, the later time stands. */
  lease(scope: Scope, seq: number, untilMs: number): Promise<void>;
  /** Where the log was wound back, oldest first; empty for one that never was. */
  generations(scope: Scope): Promise<readonly Generation[]>;
  /**
   * Winds the log back, atomically, if its head is still `head`: the commits behind `forkedAtSeq` are cut out and kept
   * aside, a snapshot and an archive of them are dropped, and the log goes on in the new generation.
   *
   * @returns `conflict` when the log has another head by now: nothing was changed
   */
  fork(
    scope: Scope,
    head: Pick<LogHead, 'generation' | 'seq'>,
    fork: Generation,
  ): Promise<'written' | 'conflict'>;
  /** Commits that the beginning of a generation cut out, in order, after `seq`, at most `limit`. */
  readCut(
    scope: Scope,
    generation: number,
    afterSeq: number,
    limit: number,
  ): Promise<readonly Commit[]>;
  /** Scopes that have a log, in the order of their names, after `after`, at most `limit`. */
  scopes(after: string, limit: number): Promise<readonly Scope[]>;
}

/** One winding back of a log: what its generation shares with those before it ends at `forkedAtSeq`. */
export interface Generation {
  readonly generation: number;
  readonly forkedAtSeq: number;
  /** Of the commit that ends there; empty where the log begins anew. */
  readonly hash: string;
  /** The server's time of that commit, 0 where there is none. */
  readonly atMs: number;
  /** When the log was wound back, by the server's clock. */
  readonly mintedAtMs: number;
  /** Whether replicas shall bring back what was cut out. */
  readonly rejoin: boolean;
}

export interface LogHead {
  readonly generation: number;
  readonly seq: number;
  readonly hash: string;
  readonly atMs: number;
  /** The first seq still kept. */
  readonly firstSeq: number;
}

export interface StoredSnapshot {
  readonly cursor: Cursor;
  readonly atMs: number;
  readonly foldVersion: number;
  /** Raw-deflated JSON of the whole state. */
  readonly bytes: Uint8Array;
}

/**
 * `newest` is as far on as anybody has folded and kept, to start from quickly. `base` ends where the kept log begins:
 * with the commits after it, it gives the state at every place that is still in the log.
 */
export type SnapshotKind = 'newest' | 'base';

export interface SnapshotStore {
  /** @param kind default `newest` */
  get(scope: Scope, kind?: SnapshotKind): Promise<StoredSnapshot | undefined>;
  /**
   * Replaces the snapshot only by one further on (compare-and-set): of a later generation, a higher sequence, or a
   * newer fold of the same one.
   *
   * @param kind default `newest`
   */
  put(scope: Scope, snapshot: StoredSnapshot, kind?: SnapshotKind): Promise<'written' | 'older'>;
}

/** A message as the archive has it: as it was sent, or as its author's last edit left it. */
export interface ArchivedMessage {
  readonly messageId: string;
  readonly authorId: UserId;
  readonly text: string;
  readonly sentAtMs: number;
  readonly editedAtMs: number | null;
  /** Its place in the log, and in the archive. */
  readonly seq: number;
}

export interface SentMessage extends Omit<ArchivedMessage, 'editedAtMs'> {
  readonly stamp: Hlc;
}

export interface MessageEdit {
  readonly messageId: string;
  readonly authorId: UserId;
  readonly text: string;
  readonly editedAtMs: number;
  readonly seq: number;
  readonly stamp: Hlc;
}

/** Messages that the folded state no longer holds, derived from the log: written twice, they are there once. */
export interface ArchiveStore {
  /** Up to where the log is in the archive; 0 where nothing is. */
  filledTo(scope: Scope): Promise<number>;
  /**
   * Adds what a stretch of the log, from `from + 1` to `to`, says. A message's first sending stands; an edit counts
   * where its author is the message's.
   *
   * @returns `conflict` when the archive does not end at `from` by now: nothing was written
   */
  fill(
    scope: Scope,
    from: number,
    to: number,
    sent: readonly SentMessage[],
    edits: readonly MessageEdit[],
  ): Promise<'written' | 'conflict'>;
  find(scope: Scope, messageId: string): Promise<ArchivedMessage | undefined>;
  /** Messages before a place in the log, the latest first, at most `limit`. */
  before(scope: Scope, seq: number, limit: number): Promise<readonly ArchivedMessage[]>;
}
