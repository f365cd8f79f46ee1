import { type ClientSession, type Db, MongoClient, type MongoClientOptions } from 'mongodb';

export interface Connection {
  readonly database: Db;
  /** Undefined where the server knows no sessions. */
  startSession(): ClientSession | undefined;
  close(): Promise<void>;
}

/**
 * Connects, or says why not within some seconds.
 *
 * What is acknowledged lies on the disks of a majority, and what is read is what a majority has: the address may not
 * say otherwise. It may set the timeouts; ours are short, so that a failover is answered `unavailable` and not waited
 * out. The driver repeats a write once by itself where the server can tell that it is the same one.
 *
 * @param uri names the database too; `trafficjamz` where it names none
 * @throws {Error} when nobody answers, or the address is no address
 */
export async function connect(uri: string): Promise<Connection> {
  const client = new MongoClient(uri, { ...timeoutsFor(uri), ...durable });
  let knowsSessions = false;
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    knowsSessions = typeof newDescription.logicalSessionTimeoutMinutes === 'number';
  });
  try {
    await client.connect();
    return {
      database: client.db(databaseNameOf(uri)),
      startSession: () =>
        knowsSessions ? client.startSession({ causalConsistency: true }) : undefined,
      close: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

const defaultDatabase = 'trafficjamz';

/** The address without what is secret in it, for people to read. */
export function publicPartOf(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
}

function databaseNameOf(uri: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]*)/.exec(uri)?.[1];
  return path ? decodeURIComponent(path) : defaultDatabase;
}

const durable = {
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 8_000 },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  retryWrites: true,
  retryReads: true,
  promoteBuffers: false,
  ignoreUndefined: false,
} as const satisfies MongoClientOptions;

const timeouts = {
  serverSelectionTimeoutMS: 4_000,
  connectTimeoutMS: 4_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 4_000,
  heartbeatFrequencyMS: 5_000,
} as const satisfies MongoClientOptions;

function timeoutsFor(uri: string): MongoClientOptions {
  const given = new URLSearchParams(uri.split('?')[1] ?? '');
  const names = new Set([...given.keys()].map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(timeouts).filter(([name]) => !names.has(name.toLowerCase())),
  );
}
