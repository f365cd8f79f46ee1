import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Brings to the disk what SQLite has committed so far; calls back once, with what went wrong if anything did. */
export type FlushLog = (done: (error: Error | null) => void) => void;

export interface WalFlush {
  readonly flush: FlushLog;
  close(): void;
}

/**
 * Takes the flush of each commit over from SQLite: from Node's thread pool, so that the event loop goes on meanwhile.
 *
 * With `synchronous=FULL` SQLite flushes the log at the end of each commit, on the calling thread; with `NORMAL` it
 * leaves out that one flush and keeps all others (https://www.sqlite.org/pragma.html#pragma_synchronous): the log's
 * header and its directory entry when the log begins anew, the log before a checkpoint, the database after it. This is
 * the one left out.
 *
 * SQLite holds its locks on the database and on the `-shm` file, never on the log, so a handle of our own on it takes
 * none of them away when it is closed (https://www.sqlite.org/howtocorrupt.html, 2.2). The log's file stays the same
 * as long as any connection is open.
 *
 * @param database in WAL mode; the only connection that writes, since others would see what is not flushed yet
 * @param path of its file
 */
export function openWalFlush(database: DatabaseSync, path: string): WalFlush {
  // Windows flushes only what may be written.
  const handle = openSync(`${path}-wal`, 'r+');
  database.exec('PRAGMA synchronous = NORMAL');
  return {
    flush: (done) => fdatasync(handle, done),
    close: () => closeSync(handle),
  };
}
