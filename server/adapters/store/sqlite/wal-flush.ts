import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Brings to the disk what SQLite has committed so far; calls back once, with what went wrong if anything did. */
export type FlushLog = (done: (error: Error | null) => void) => void;

export interface WalFlush {
  readonly flush: FlushLog;
  close(): void;
}

/** The disk under the log, and a clock to see how quick it is. */
export interface Disk {
  readonly flush: (handle: number, done: (error: Error | null) => void) => void;
  /** @throws {Error} where it failed */
  readonly flushNow: (handle: number) => void;
  readonly monotonicMs: () => number;
}

const nodeDisk: Disk = {
  flush: fdatasync,
  flushNow: fdatasyncSync,
  monotonicMs: () => performance.now(),
};

/** About what it takes to hand a flush to another thread and to hear of it: a quicker one is waited for on the spot. */
const quickMs = 0.1;
/** After a slow one so many go to the other thread before the next is waited for; each time twice as many. */
const fewestAside = 64;
const mostAside = 65_536;

/**
 * Takes the flush of each commit over from SQLite: from Node's thread pool, so that the event loop goes on meanwhile;
 * where the disk is as quick as memory, on the spot.
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
export function openWalFlush(
  database: DatabaseSync,
  path: string,
  disk: Disk = nodeDisk,
): WalFlush {
  // Windows flushes only what may be written.
  const handle = openSync(`${path}-wal`, 'r+');
  database.exec('PRAGMA synchronous = NORMAL');
  return { flush: flushLog(handle, disk), close: () => closeSync(handle) };
}

/** Flushes on the spot for as long as that is quick; else beside the event loop, and tries again now and then. */
export function flushLog(handle: number, disk: Disk): FlushLog {
  let aside = fewestAside;
  let asideNext = fewestAside;
  return (done) => {
    if (aside > 0) {
      aside -= 1;
      disk.flush(handle, done);
      return;
    }
    const startMs = disk.monotonicMs();
    let failure: Error | null = null;
    try {
      disk.flushNow(handle);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    if (disk.monotonicMs() - startMs <= quickMs) asideNext = fewestAside;
    else {
      aside = asideNext;
      asideNext = Math.min(2 * asideNext, mostAside);
    }
    done(failure);
  };
}
