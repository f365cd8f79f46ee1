import { type IDBPDatabase, openDB } from 'idb';
import type { KeyValue } from './key-value.ts';

const table = 'files';

/**
 * Files on IndexedDB, as they are: a Blob that is got is read from the disk only where somebody asks for a part of it.
 * Unlike other records nothing here is given up quietly: whatever cannot be kept rejects.
 *
 * @param name of the database, prefixed `jamz`
 */
export function idbFiles(name: string): KeyValue {
  let opened: Promise<IDBPDatabase> | undefined;

  const open = (): Promise<IDBPDatabase> => {
    opened ??= openDB(name, 1, {
      upgrade: (db) => void db.createObjectStore(table),
      // Another tab's newer code, or a person who clears storage, is not kept waiting.
      blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
      terminated() {
        opened = undefined;
      },
    });
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  /** Browsers close handles of pages in the background: what fails is tried once more on a fresh one. */
  const run = async <T>(work: (db: IDBPDatabase) => Promise<T>): Promise<T> => {
    const db = await open();
    try {
      return await work(db);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error;
      opened = undefined;
      return work(await open());
    }
  };

  return {
    get: async <T>(key: string) => (await run((db) => db.get(table, key))) as T | undefined,
    set: (key, value) =>
      run(async (db) => {
        // What was kept is said to survive: it has to be on the disk.
        const tx = db.transaction(table, 'readwrite', { durability: 'strict' });
        await Promise.all([tx.store.put(value, key), tx.done]);
      }),
    remove: (key) => run((db) => db.delete(table, key)),
    keys: async () => (await run((db) => db.getAllKeys(table))).map(String),
    clear: () => run((db) => db.clear(table)),
  };
}
