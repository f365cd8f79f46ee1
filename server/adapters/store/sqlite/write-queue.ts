import type { DatabaseSync } from 'node:sqlite';
import { JamzError } from '../../../../sdk/protocol/errors.ts';

/** Writes that wait for the end of the turn and then share one transaction and one flush of the disk. */
export interface WriteQueue {
  /**
   * @param work changes the database synchronously; may run a second time, alone, after its transaction failed
   * @returns what `work` returned, once it is durable
   * @throws {JamzError} `storage-full` when the disk is full, `unavailable` when another process holds the file;
   *   then nothing was changed
   */
  write<T>(work: () => T): Promise<T>;
  /** Writes what still waits; later writes are refused `unavailable`. */
  close(): void;
}

interface Waiting {
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/** @param schedule calls back when the turn is over; `setImmediate` unless a test owns time */
export function createWriteQueue(
  database: DatabaseSync,
  schedule: (flush: () => void) => void = setImmediate,
): WriteQueue {
  let waiting: Waiting[] = [];
  let closed = false;

  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      inTransaction(database, () => {
        for (const job of batch) job.run();
      });
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(named(error));
      else oneByOne(batch);
      return;
    }
    for (const job of batch) job.resolve();
  };

  const oneByOne = (batch: readonly Waiting[]): void => {
    for (const job of batch) {
      try {
        inTransaction(database, () => job.run());
        job.resolve();
      } catch (error) {
        job.reject(named(error));
      }
    }
  };

  return {
    write<T>(work: () => T): Promise<T> {
      if (closed) return Promise.reject(new JamzError('unavailable', 'The store is closed'));
      return new Promise<T>((resolve, reject) => {
        let result: { readonly value: T } | undefined;
        if (waiting.length === 0) schedule(flush);
        waiting.push({
          run: () => {
            result = { value: work() };
          },
          resolve: () => {
            if (result) resolve(result.value);
          },
          reject,
        });
      });
    },
    close() {
      flush();
      closed = true;
    },
  };
}

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // SQLite has rolled back by itself after some errors, as a full disk.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

// Result codes: https://www.sqlite.org/rescode.html; the low byte is the primary code.
const sqliteBusy = 5;
const sqliteFull = 13;

function named(error: unknown): unknown {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
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
