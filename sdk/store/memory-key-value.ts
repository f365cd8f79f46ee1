import type { KeyValue } from './key-value.ts';

/** Forgets everything with the page. */
export function memoryKeyValue(): KeyValue {
  const entries = new Map<string, unknown>();
  return {
    get: async <T>(key: string) => entries.get(key) as T | undefined,
    set: async (key, value) => {
      entries.set(key, value);
    },
    remove: async (key) => {
      entries.delete(key);
    },
    keys: async () => [...entries.keys()],
    clear: async () => entries.clear(),
  };
}
