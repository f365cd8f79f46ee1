import type { Store } from '../../../ports/store.ts';
import { createArchive } from './archive.ts';
import { createAudit } from './audit.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';
import { type DirectoryUse, lockDirectory } from './directory-lock.ts';
import { createFiles } from './files.ts';
import { createIdempotency } from './idempotency.ts';
import { createInvitations } from './invitations.ts';
import { createLog } from './log.ts';
import { createMemberships } from './memberships.ts';
import { createMeta } from './meta.ts';
import { createOneTimeTokens } from './one-time-tokens.ts';
import { createPersonal } from './personal.ts';
import { createPushes } from './pushes.ts';
import { createRefusals } from './refusals.ts';
import { createReports } from './reports.ts';
import { createSessions } from './sessions.ts';
import { createSettings } from './settings.ts';
import { createSites } from './sites.ts';
import { createSnapshots } from './snapshots.ts';
import { createTakedowns } from './takedowns.ts';
import { createTrips } from './trips.ts';
import { createUsage } from './usage.ts';
import { createUsers } from './users.ts';
import { openWalFlush } from './wal-flush.ts';
import { createWebhookOutbox } from './webhook-outbox.ts';
import { createWriteQueue } from './write-queue.ts';

export interface SqliteStoreOptions extends DatabaseOptions {
  /**
   * Who else may have the folder: by default nobody; `shared` others that say so, too, and have a bus between them;
   * `beside` is a command that works while a server runs.
   */
  readonly use?: DirectoryUse | 'beside';
  /** Calls back when the turn is over; for tests that own time. */
  readonly schedule?: (flush: () => void) => void;
}

/**
 * The store on `node:sqlite`: one file in WAL mode. What resolves has been flushed to the disk; what is asked for in
 * one turn of the event loop, and while the flush before is under way, by however many scopes, is flushed together.
 * What is read is on the disk too.
 *
 * `path: ':memory:'` gives a store that keeps nothing, for tests.
 *
 * @throws {DataDirInUseError} when another process has the folder and the two cannot share it
 */
export function createSqliteStore(options: SqliteStoreOptions): Store {
  const { path, use = 'alone' } = options;
  const onDisk = path !== ':memory:';
  const isAlone = onDisk && use === 'alone';
  const unlock = onDisk && use !== 'beside' ? lockDirectory(path, use) : () => {};
  try {
    const database = openDatabase(options);
    const walFlush = isAlone ? openWalFlush(database, path) : undefined;
    const queue = createWriteQueue(database, {
      schedule: options.schedule,
      flushLog: walFlush?.flush,
      isShared: use === 'shared',
    });
    let closed = false;
    return {
      log: createLog(database, queue),
      snapshots: createSnapshots(database, queue),
      archive: createArchive(database, queue),
      refusals: createRefusals(database, queue, isAlone),
      sites: createSites(database, queue),
      users: createUsers(database, queue),
      sessions: createSessions(database, queue),
      oneTimeTokens: createOneTimeTokens(database, queue),
      memberships: createMemberships(database, queue),
      invitations: createInvitations(database, queue),
      files: createFiles(database, queue),
      personal: createPersonal(database, queue),
      takedowns: createTakedowns(database, queue),
      reports: createReports(database, queue),
      audit: createAudit(database, queue),
      webhookOutbox: createWebhookOutbox(database, queue),
      idempotency: createIdempotency(database, queue),
      usage: createUsage(database, queue),
      pushes: createPushes(database, queue),
      settings: createSettings(database, queue),
      trips: createTrips(database, queue),
      meta: createMeta(database, queue),
      async close() {
        if (closed) return;
        closed = true;
        await queue.close();
        database.close();
        walFlush?.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
