import type { Store } from '../../../ports/store.ts';
import { createArchive } from './archive.ts';
import { createAudit } from './audit.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';
import { lockDirectory } from './directory-lock.ts';
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
import { createUsage } from './usage.ts';
import { createUsers } from './users.ts';
import { openWalFlush } from './wal-flush.ts';
import { createWebhookOutbox } from './webhook-outbox.ts';
import { createWriteQueue } from './write-queue.ts';

export interface SqliteStoreOptions extends DatabaseOptions {
  /** Several processes share the folder, and a bus between them tells each what the others wrote. */
  readonly shared?: boolean;
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
 * @throws {DataDirInUseError} when another process has the folder and `shared` is not set
 */
export function createSqliteStore(options: SqliteStoreOptions): Store {
  const isAlone = options.path !== ':memory:' && !options.shared;
  const unlock = isAlone ? lockDirectory(options.path) : () => {};
  try {
    const database = openDatabase(options);
    const walFlush = isAlone ? openWalFlush(database, options.path) : undefined;
    const queue = createWriteQueue(database, {
      schedule: options.schedule,
      flushLog: walFlush?.flush,
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
