import localforage from 'localforage';
import type { KeyValue } from './key-value.ts';

/** Records on localforage, whose code comes with this file; undefined where it finds nothing to keep them in. */
export async function openForage(database: string, table: string): Promise<KeyValue | undefined> {
  const store = localforage.createInstance({ name: database, storeName: table });
  const isUsable = await store.ready().then(
    () => true,
    () => false,
  );
  if (!isUsable) return undefined;
  return {
    get: async <T>(key: string) => (await store.getItem<T>(key)) ?? undefined,
    async set(key, value) {
      await store.setItem(key, value);
    },
    remove: (key) => store.removeItem(key),
    keys: () => store.keys(),
    clear: () => store.clear(),
  };
}
