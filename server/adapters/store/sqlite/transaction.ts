import type { DatabaseSync } from 'node:sqlite';
import { JamzError } from '../../../../sdk/protocol/errors.ts';

/** Runs `work` in one transaction: all of it or none. @throws what `work` or SQLite threw */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  if (!database.isTransaction) database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // SQLite has rolled back by itself after some errors, as a full disk.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Begins a transaction that writes. @returns false where another process has one; other failures show by the next */
export function tryBegin(database: DatabaseSync): boolean {
  // SQLite would wait on the calling thread, and longer each time it looks.
  database.exec('PRAGMA busy_timeout = 0');
  try {
    database.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    return primaryCodeOf(error) !== sqliteBusy;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  }
}

/** How long another process may hold the file. */
export const busyTimeoutMs = 5_000;

// Result codes: https://www.sqlite.org/rescode.html; the low byte is the primary code.
const sqliteBusy = 5;
const sqliteFull = 13;

/** SQLite's failure as a code that callers know; any other error as it is. */
export function named(error: unknown): unknown {
  const code = primaryCodeOf(error);
  if (code === sqliteFull) {
    return new JamzError('storage-full', 'The server has no room left on its disk', {
      cause: error,
    });
  }
  if (code === sqliteBusy) {
    return new JamzError('unavailable', 'The database is busy: try again', { cause: error });
  }
  return error;
}

function primaryCodeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}
