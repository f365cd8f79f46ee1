import localforage from 'localforage';
import type { KeyValue } from './key-value.ts';
import { memoryKeyValue } from './memory-key-value.ts';

/**
 * Single records on localforage (IndexedDB, else local storage). Where neither can be used, as in some private
 * windows, the records live in memory for the page's life.
 *
 * @param database one per namespace, prefixed `jamz`
 * @param table what is kept, as `preferences`
 */
export function forageKeyValue(database: string, table: string): KeyValue {
  const store = localforage.createInstance({ name: database, storeName: table });
  const fallback = memoryKeyValue();
  let usable: Promise<boolean> | undefined;
  const pick = async (): Promise<typeof store | undefined> => {
    usable ??= store.ready().then(
      () => true,
      () => false,
    );
    return (await usable) ? store : undefined;
  };
  return {
    async get<T>(key: string) {
      const disk = await pick();
      if (!disk) return fallback.get<T>(key);
      return (await disk.getItem<T>(key)) ?? undefined;
    },
    async set(key, value) {
      const disk = await pick();
      if (!disk) await fallback.set(key, value);
      else await disk.setItem(key, value);
    },
    async remove(key) {
      const disk = await pick();
      if (!disk) await fallback.remove(key);
      else await disk.removeItem(key);
    },
    async keys() {
      const disk = await pick();
      return disk ? disk.keys() : fallback.keys();
    },
    async clear() {
      const disk = await pick();
      if (!disk) await fallback.clear();
      else await disk.clear();
    },
  };
}
