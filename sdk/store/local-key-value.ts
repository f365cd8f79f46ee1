import type { KeyValue } from './key-value.ts';

/** What of the browser's `localStorage` is used here. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Small records in local storage, as JSON: who is signed in, preferences. They are there before the first await and
 * need no library. What storage does not take (a full or forbidden one) lives in memory for the page's life.
 *
 * @param prefix begins every key, `jamz…`
 */
export function localKeyValue(
  prefix: string,
  storage: TextStorage | undefined = deviceStorage(),
): KeyValue {
  const untaken = new Map<string, unknown>();
  const remove = (key: string): void => {
    untaken.delete(key);
    storage?.removeItem(prefix + key);
  };
  const isTaken = (name: string, text: string): boolean => {
    try {
      storage?.setItem(name, text);
      return storage !== undefined;
    } catch {
      return false;
    }
  };
  const keys = (): string[] => {
    const stored = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index));
    const ours = stored.filter((name) => name?.startsWith(prefix));
    return [...untaken.keys(), ...ours.map((name) => name?.slice(prefix.length) ?? '')];
  };

  return {
    async get<T>(key: string) {
      if (untaken.has(key)) return untaken.get(key) as T;
      const text = storage?.getItem(prefix + key) ?? undefined;
      return text === undefined ? undefined : (JSON.parse(text) as T);
    },
    async set(key, value) {
      // What was there before would come back after a reload if the new value is not taken.
      remove(key);
      if (!isTaken(prefix + key, JSON.stringify(value))) untaken.set(key, value);
    },
    async remove(key) {
      remove(key);
    },
    keys: async () => keys(),
    async clear() {
      for (const key of keys()) remove(key);
    },
  };
}

/** Undefined where there is none, or where the person has forbidden it: then even to name it throws. */
function deviceStorage(): TextStorage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
