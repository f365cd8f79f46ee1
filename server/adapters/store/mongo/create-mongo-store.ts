import type { Db } from 'mongodb';
import type { Store } from '../../../ports/store.ts';
import { createArchive } from './archive.ts';
import { connect } from './connection.ts';
import { createCutOut } from './cut-out.ts';
import { collectionsOf } from './documents.ts';
import { createFiles } from './files.ts';
import { createGate } from './gate.ts';
import { createIdempotency } from './idempotency.ts';
import { makeIndexes } from './indexes.ts';
import { createInvitations } from './invitations.ts';
import { createLog } from './log.ts';
import { createMemberships } from './memberships.ts';
import { createMeta } from './meta.ts';
import { createOneTimeTokens } from './one-time-tokens.ts';
import { createParts } from './parts.ts';
import { createPersonal } from './personal.ts';
import { createPushes } from './pushes.ts';
import { createRefusals } from './refusals.ts';
import { createAudit, createReports, createTakedowns } from './safety.ts';
import { createSessions } from './sessions.ts';
import { createSettings } from './settings.ts';
import { createSites } from './sites.ts';
import { createSnapshots } from './snapshots.ts';
import { createTrips } from './trips.ts';
import { createUsage } from './usage.ts';
import { createUsers } from './users.ts';
import { createWebhookOutbox } from './webhook-outbox.ts';

export interface MongoStoreOptions {
  /** `mongodb://…` or `mongodb+srv://…`; names the database too. */
  readonly uri: string;
  /** Whether the database forgets by itself what has expired; default true. False for tests that own time. */
  readonly expire?: boolean;
  /** For who moves another store into this one. */
  readonly moving?: boolean;
}

/**
 * The store on MongoDB: a replica set or a sharded cluster; a single server works too, and is as durable as its one
 * disk. Any number of processes may share it.
 *
 * What resolves has reached the disks of a majority; what is read is what a majority has. No transaction spans
 * documents, so that it works on every kind of deployment: what must change together is one document.
 *
 * @throws {Error} when nobody answers at the address within some seconds, or a move into it has not ended
 */
export async function createMongoStore({
  uri,
  expire = true,
  moving = false,
}: MongoStoreOptions): Promise<Store> {
  const connection = await connect(uri);
  try {
    if (!moving && (await isHalfMoved(connection.database))) {
      throw new Error('a move into it has not ended: run "migrate" again');
    }
    await makeIndexes(connection.database, { expire });
  } catch (error) {
    await connection.close();
    throw error;
  }
  const collections = collectionsOf(connection.database);
  const gate = createGate(connection);
  const parts = createParts(collections, gate);
  const cutOut = createCutOut(collections, gate, parts);
  const archive = createArchive(collections, gate);
  let closing: Promise<void> | undefined;
  return {
    log: gate.guarded(createLog(collections, gate, parts, cutOut)),
    snapshots: gate.guarded(createSnapshots(collections, gate, parts)),
    archive: gate.guarded(archive),
    refusals: gate.guarded(createRefusals(collections, gate)),
    sites: gate.guarded(createSites(collections, gate)),
    users: gate.guarded(createUsers(collections, gate)),
    sessions: gate.guarded(createSessions(collections, gate)),
    oneTimeTokens: gate.guarded(createOneTimeTokens(collections, gate)),
    memberships: gate.guarded(createMemberships(collections, gate)),
    invitations: gate.guarded(createInvitations(collections, gate)),
    files: gate.guarded(createFiles(collections, gate)),
    personal: gate.guarded(createPersonal(collections, gate, archive, cutOut)),
    takedowns: gate.guarded(createTakedowns(collections, gate)),
    reports: gate.guarded(createReports(collections, gate)),
    audit: gate.guarded(createAudit(collections, gate)),
    webhookOutbox: gate.guarded(createWebhookOutbox(collections, gate)),
    idempotency: gate.guarded(createIdempotency(collections, gate)),
    usage: gate.guarded(createUsage(collections, gate)),
    pushes: gate.guarded(createPushes(collections, gate)),
    settings: gate.guarded(createSettings(collections, gate)),
    trips: gate.guarded(createTrips(collections, gate)),
    meta: gate.guarded(createMeta(collections, gate)),
    close() {
      closing ??= gate.close().then(() => connection.close());
      return closing;
    },
  };
}

/** Whether what is there is only a part of what another store had. */
async function isHalfMoved(database: Db): Promise<boolean> {
  return (await database.collection('moves').findOne({ state: 'moving' })) !== null;
}
