import type { KeyValue } from './key-value.ts';
import { memoryKeyValue } from './memory-key-value.ts';

/**
 * Single records on localforage (IndexedDB, else local storage), which is loaded when the first one is asked for.
 * Where neither can be used, as in some private windows, the records live in memory for the page's life.
 *
 * @param database one per namespace, prefixed `jamz`
 * @param table what is kept, as `caches`
 */
export function forageKeyValue(database: string, table: string): KeyValue {
  const fallback = memoryKeyValue();
  let opened: Promise<KeyValue> | undefined;

  const open = async (): Promise<KeyValue> => {
    const { openForage } = await import('./open-forage.ts');
    return (await openForage(database, table)) ?? fallback;
  };
  const values = (): Promise<KeyValue> => {
    opened ??= open().catch(() => {
      // The module did not come (a dead spot): the next call asks for it again.
      opened = undefined;
      return fallback;
    });
    return opened;
  };

  return {
    get: async <T>(key: string) => (await values()).get<T>(key),
    set: async (key, value) => (await values()).set(key, value),
    remove: async (key) => (await values()).remove(key),
    keys: async () => (await values()).keys(),
    clear: async () => (await values()).clear(),
  };
}
