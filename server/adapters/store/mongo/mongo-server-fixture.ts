import { after } from 'node:test';
import { MongoClient } from 'mongodb';
import { program } from '../../../../scripts/testing/program.ts';
import type { Store } from '../../../ports/store.ts';
import { databaseNameOf } from './address.ts';
import { createMongoStore } from './create-mongo-store.ts';
import { collectionNames } from './documents.ts';

/** A server that speaks MongoDB's protocol, for tests. */
export interface MongoServer {
  /** Which one it is, and what it cannot show. */
  readonly description: string;
  /** Whether it is MongoDB itself, as a replica set or cluster. */
  readonly isReal: boolean;
  /** `host:port` of one machine. */
  readonly address: string;
  /** The address of a database that nobody else uses; it goes with the server's `close`. */
  newDatabase(): string;
  /** A store on a database that is empty; one at a time. */
  emptyStore(): Promise<Store>;
  close(): Promise<void>;
}

export const noServer =
  'NO MONGODB TO TEST AGAINST: set MONGODB_URI, or MONGO_WIRE_BIN, or install mongodb-memory-server';

/**
 * What MONGODB_URI names; else a replica set of `mongodb-memory-server` where that package is there and can have one;
 * else the program in MONGO_WIRE_BIN. It is ended with the test file.
 *
 * @returns undefined where there is none of them
 */
export async function mongoServer(): Promise<MongoServer | undefined> {
  const server = (await named()) ?? (await inMemory()) ?? (await wireProgram());
  process.stdout.write(`${server?.description ?? noServer}\n`);
  if (server) after(() => server.close());
  return server;
}

function serverAt(
  base: string,
  facts: Pick<MongoServer, 'description' | 'isReal'>,
  end: () => Promise<void>,
): MongoServer {
  const admin = new MongoClient(base);
  const made = new Set<string>();
  let shared: string | undefined;
  const [, hosts = '', query = ''] =
    /^mongodb(?:\+srv)?:\/\/([^/?]*)[^?]*(\?.*)?$/.exec(base) ?? [];
  const scheme = base.slice(0, base.indexOf('//') + 2);
  const newDatabase = (): string => {
    const name = `jamz_test_${process.pid}_${made.size}`;
    made.add(name);
    return `${scheme}${hosts}/${name}${query}`;
  };
  return {
    ...facts,
    newDatabase,
    address: hosts.replace(/^.*@/, '').split(',')[0] ?? hosts,
    async emptyStore() {
      shared ??= newDatabase();
      const uri = shared;
      const database = admin.db(databaseNameOf(uri));
      const store = await createMongoStore({ uri, expire: false });
      return {
        ...store,
        async close() {
          await store.close();
          const all = collectionNames.map((name) => database.collection(name).deleteMany({}));
          await Promise.all(all);
        },
      };
    },
    async close() {
      for (const name of made) await admin.db(name).dropDatabase();
      await admin.close();
      await end();
    },
  };
}

async function named(): Promise<MongoServer | undefined> {
  const uri = process.env['MONGODB_URI'];
  if (!uri) return undefined;
  const description = 'MongoDB from MONGODB_URI: everything is shown but a failover';
  return serverAt(uri, { description, isReal: true }, async () => {});
}

/** What we use of the package, which is no dependency: it would have to download a server. */
interface MemoryServer {
  readonly MongoMemoryReplSet: {
    create(options: object): Promise<{ getUri(): string; stop(): Promise<boolean> }>;
  };
}

async function inMemory(): Promise<MongoServer | undefined> {
  const name = 'mongodb-memory-server';
  const found = await import(name).then(
    (module: MemoryServer) => module,
    () => undefined,
  );
  if (!found) return undefined;
  try {
    const set = await found.MongoMemoryReplSet.create({ replSet: { count: 3 } });
    const description = 'MongoDB from mongodb-memory-server, a replica set of three';
    return serverAt(set.getUri(), { description, isReal: true }, async () => {
      await set.stop();
    });
  } catch (error) {
    process.stdout.write(`mongodb-memory-server has no server here: ${String(error)}\n`);
    return undefined;
  }
}

const wireDescription = `The program in MONGO_WIRE_BIN, which speaks MongoDB's protocol.
  NOT SHOWN by it: that a majority has what is acknowledged, a failover, sessions and causal reads, the driver's own
  retries of writes, deletion by TTL, partial indexes, sharding, that anything outlives the machine.`;

const address = /mongodb:\/\/\S+/;

async function wireProgram(): Promise<MongoServer | undefined> {
  const binary = process.env['MONGO_WIRE_BIN'];
  if (!binary) return undefined;
  const server = program({
    ...{ command: binary, args: ['--port', '0'], isQuiet: true },
    ready: address,
  });
  const [uri = ''] = address.exec(await server.start()) ?? [];
  return serverAt(uri, { description: wireDescription, isReal: false }, async () => {
    await server.end();
  });
}
