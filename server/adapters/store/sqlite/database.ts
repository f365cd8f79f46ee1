import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';
import { figure } from './rows.ts';
import { busyTimeoutMs } from './transaction.ts';

export interface DatabaseOptions {
  /** Path of the file; its folder is made. `:memory:` keeps nothing. */
  readonly path: string;
  /** Ceiling of the file's size in pages of 4,096 bytes: beyond it, writes fail as on a full disk. */
  readonly maxPages?: number;
}

/**
 * How much of the log is written before it goes into the database, 33 MB: while it does, the event loop waits for the
 * disk, and what was written many times goes there once.
 */
const checkpointPages = 8_000;

/**
 * Opens the file and brings its schema up to date.
 *
 * WAL with `synchronous=FULL`: a commit returns only after the log is on the disk, so it survives a power cut. Who is
 * alone on the file may take that flush over (`wal-flush.ts`).
 *
 * @throws {Error} when the file was written by a newer version of the server
 */
export function openDatabase({ path, maxPages }: DatabaseOptions): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA busy_timeout = ${busyTimeoutMs};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32768;
    PRAGMA wal_autocheckpoint = ${checkpointPages};
  `);
  migrate(database);
  // Cannot be bound: PRAGMA takes no parameters. The number is ours.
  if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${Math.floor(maxPages)}`);
  return database;
}

function migrate(database: DatabaseSync): void {
  const versionNow = () => {
    const row = database.prepare('PRAGMA user_version').get();
    return row ? figure(row, 'user_version') : 0;
  };
  if (versionNow() > migrations.length) {
    throw new Error(
      `The database has schema version ${versionNow()}, this server knows up to ${migrations.length}: start a newer server`,
    );
  }
  for (const [index, step] of migrations.entries()) {
    database.exec('BEGIN IMMEDIATE');
    try {
      // Asked inside the transaction: another process may have taken this step meanwhile.
      if (versionNow() === index) database.exec(`${step}; PRAGMA user_version = ${index + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}
