import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import { commitAt } from '../../../ports/log.contract.ts';
import { storeContract } from '../../../ports/store.contract.ts';
import type { Store } from '../../../ports/store.ts';
import { type Connection, connect } from './connection.ts';
import { createMongoStore } from './create-mongo-store.ts';
import { type LosingLink, losingLink } from './losing-link-fixture.ts';
import { type MongoServer, mongoServer, noServer } from './mongo-server-fixture.ts';

const server = await mongoServer();
const road: Scope = 'g:road';

if (server) {
  storeContract('The MongoDB store', () => server.emptyStore());
  mongoTests(server);
} else {
  describe('The MongoDB store', () => it('keeps the store’s promise', { skip: noServer }));
}

function mongoTests({ newDatabase, address, isReal }: MongoServer): void {
  describe('The MongoDB store', () => {
    it('[LG22] has a majority’s word for what it writes and reads, whatever the address says', async () => {
      const loose = newDatabase();
      const and = loose.includes('?') ? '&' : '?';
      const { database, close } = await connect(`${loose}${and}w=1&readConcernLevel=local`);
      await close();
      deepEqual([database.writeConcern?.w, database.writeConcern?.journal], ['majority', true]);
      equal(database.readConcern?.level, 'majority');
      equal(database.readPreference?.mode, 'primary');
    });

    it('[LG1] [LG3] gives each place of a log to one of four processes', async () => {
      const uri = newDatabase();
      // They make the indexes at the same time, too.
      const stores = await Promise.all([1, 2, 3, 4].map(() => createMongoStore({ uri })));
      const write = async ({ log }: Store): Promise<number> => {
        let written = 0;
        while (written < 15) {
          const seq = ((await log.head(road))?.seq ?? 0) + 1;
          if ((await log.append(road, commitAt(seq))) === 'written') written += 1;
        }
        return written;
      };
      await Promise.all(stores.map(write));
      const read = await stores[0]?.log.read(road, 0, 100);
      deepEqual(
        read?.map(({ seq }) => seq),
        Array.from({ length: 60 }, (_, index) => index + 1),
      );
      for (const store of stores) await store.close();
    });

    it('[LG14] lets no writer that was held up take a place that was written and trimmed', async () => {
      const uri = newDatabase();
      const store = await createMongoStore({ uri, expire: false });
      for (const seq of [1, 2, 3]) await store.log.append(road, commitAt(seq));
      await store.log.trim(road, 3);
      const { database, close } = await connect(uri);
      for (const seq of [1, 2, 3]) {
        const late = { scope: road, generation: 1, seq };
        await rejects(database.collection('commits').insertOne(late), { code: 11_000 });
      }
      equal(await store.log.append(road, commitAt(4)), 'written');
      await close();
      await store.close();
    });

    it('keeps snapshots and commits that are larger than a document can be', async () => {
      const uri = newDatabase();
      const store = await createMongoStore({ uri, expire: false });
      const bytes = new Uint8Array(17 * 1024 * 1024).map((_, index) => index * 31 + (index >> 8));
      const at = (seq: number) => ({ cursor: [1, seq, 'h'], atMs: 5, foldVersion: 1 }) as const;
      await store.snapshots.put(road, { ...at(1), bytes });
      deepEqual((await store.snapshots.get(road))?.bytes, bytes);
      const text = 'é'.repeat(9 * 1024 * 1024);
      const commit = { ...commitAt(1), runs: [] };
      await store.log.append(road, commit, JSON.stringify([text]));
      deepEqual((await store.log.read(road, 0, 1))[0]?.runs, [text]);

      // What takes their place takes their pieces along.
      await store.snapshots.put(road, { ...at(2), bytes: Uint8Array.of(1) });
      await store.log.append(road, commitAt(2));
      await store.log.trim(road, 1);
      const { database, close } = await connect(uri);
      equal(await database.collection('parts').countDocuments(), 0);
      await close();
      await store.close();
    });

    it('has the database forget tokens and refusals that expired', async () => {
      const uri = newDatabase();
      await (await createMongoStore({ uri })).close();
      const { database, close } = await connect(uri);
      const forgotten = [];
      for (const name of ['commits', 'families', 'oneTimeTokens', 'refreshTokens', 'refusals']) {
        const indexes = await database.collection(name).indexes();
        if (indexes.some(({ expireAfterSeconds }) => expireAfterSeconds === 3_600)) {
          forgotten.push(name);
        }
      }
      equal(forgotten.length, 5);
      await close();
    });
  });

  describe('The MongoDB store over a link that breaks', { skip: isReal && linkNote }, () => {
    let link: LosingLink;
    let store: Store;
    let direct: Connection;
    before(async () => {
      link = await losingLink(address);
      const uri = newDatabase();
      direct = await connect(uri);
      const path = uri.slice(uri.lastIndexOf('/'));
      store = await createMongoStore({
        uri: `mongodb://${link.address}${path}?directConnection=true&serverSelectionTimeoutMS=3000`,
        expire: false,
      });
    });
    after(async () => {
      await store.close();
      await direct.close();
      await link.close();
    });

    it('[LG9] looks a commit up whose answer was lost, and says that it was written', async () => {
      link.loseNext('answer', 'hash-1');
      equal(await store.log.append(road, commitAt(1)), 'written');
      equal(await direct.database.collection('commits').countDocuments(), 1);
    });

    it('[LG9] says that nobody knows where a commit cannot be found, and takes it again', async () => {
      link.loseNext('request', 'hash-2');
      await rejects(store.log.append(road, commitAt(2)), (error: object) => {
        equal('code' in error && error.code, 'unavailable');
        equal('retryAfterMs' in error && error.retryAfterMs, 2_000);
        return true;
      });
      equal((await store.log.head(road))?.seq, 1);
      equal(await store.log.append(road, commitAt(2)), 'written');
    });

    it('[LG9] tells a commit of its own from the same one of another process', async () => {
      await direct.database.collection('commits').insertOne({
        ...{ scope: road, generation: 1, seq: 3, end: 3, hash: 'hash-3', atMs: 1_003, runs: '[]' },
      });
      equal(await store.log.append(road, commitAt(3)), 'conflict');
    });
  });
}

const linkNote = 'a link of our own leads to one machine, and a replica set names its own';
