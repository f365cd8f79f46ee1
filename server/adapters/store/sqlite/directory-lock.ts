import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has the data folder. `serve` prints the message and exits with status 2. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';

  constructor(directory: string, cause: unknown) {
    super(
      `DATA_DIR ${directory} is in use by another process. Stop it, or choose another DATA_DIR. (Several processes may share one when each of them has REDIS_URL.)`,
      { cause },
    );
  }
}

/** `alone` keeps all others away, `shared` only those who want to be alone. */
export type DirectoryUse = 'alone' | 'shared';

/**
 * Keeps other processes away from the folder of `databasePath` until released.
 *
 * The lock is an open transaction on a little database of its own, which writes or reads: the operating system drops
 * it with the process, however that ends, so there is never a stale lock to clean up.
 *
 * @returns releases the lock
 * @throws {DataDirInUseError}
 */
export function lockDirectory(databasePath: string, use: DirectoryUse): () => void {
  const directory = dirname(databasePath);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(directory, 'lock.sqlite'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE');
    if (use === 'alone') lock.exec('BEGIN EXCLUSIVE');
    // A transaction has its lock from its first read on.
    else lock.exec('BEGIN; SELECT count(*) FROM sqlite_master');
  } catch (cause) {
    lock.close();
    throw new DataDirInUseError(directory, cause);
  }
  return () => lock.close();
}
