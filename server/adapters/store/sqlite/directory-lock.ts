import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has the data folder. `serve` prints the message and exits with status 2. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';

  constructor(directory: string, cause: unknown) {
    super(
      `DATA_DIR ${directory} is in use by another process. Stop it, or choose another DATA_DIR. (Several processes on one store will need REDIS_URL, which this version cannot use yet.)`,
      { cause },
    );
  }
}

/**
 * Keeps other processes away from the folder of `databasePath` until released.
 *
 * The lock is an open exclusive transaction on a little database of its own: the operating system drops it with the
 * process, however that ends, so there is never a stale lock to clean up.
 *
 * @returns releases the lock
 * @throws {DataDirInUseError}
 */
export function lockDirectory(databasePath: string): () => void {
  const directory = dirname(databasePath);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(directory, 'lock.sqlite'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new DataDirInUseError(directory, cause);
  }
  return () => lock.close();
}
