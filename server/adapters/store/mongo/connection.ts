import {
  type ClientSession,
  type Db,
  type DbOptions,
  MongoClient,
  type MongoClientOptions,
  ReadConcern,
} from 'mongodb';
import { databaseNameOf, setsOption } from './address.ts';

export interface Connection {
  readonly database: Db;
  /** Undefined where the server knows no sessions. */
  startSession(): ClientSession | undefined;
  kind(): 'replica set' | 'sharded cluster' | 'single server';
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
  const client = new MongoClient(uri, {
    ...timeoutsFor(uri),
    ...durable,
    retryWrites: true,
    retryReads: true,
  });
  let knowsSessions = false;
  let type = '';
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    type = newDescription.type;
    knowsSessions = typeof newDescription.logicalSessionTimeoutMinutes === 'number';
  });
  try {
    await client.connect();
    return {
      // Said here once more: an option of the address goes before one of the client.
      database: client.db(databaseNameOf(uri), durable),
      startSession: () =>
        knowsSessions ? client.startSession({ causalConsistency: true }) : undefined,
      kind: () => kindOf(type),
      close: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

const durable = {
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 8_000 },
  readConcern: new ReadConcern('majority'),
  readPreference: 'primary',
} satisfies DbOptions;

function kindOf(type: string): ReturnType<Connection['kind']> {
  if (type === 'Sharded' || type === 'LoadBalanced') return 'sharded cluster';
  return type.startsWith('ReplicaSet') ? 'replica set' : 'single server';
}

const timeouts = {
  serverSelectionTimeoutMS: 4_000,
  connectTimeoutMS: 4_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 4_000,
  heartbeatFrequencyMS: 5_000,
} as const satisfies MongoClientOptions;

function timeoutsFor(uri: string): MongoClientOptions {
  return Object.fromEntries(Object.entries(timeouts).filter(([name]) => !setsOption(uri, name)));
}
