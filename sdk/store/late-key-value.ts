import type { KeyValue } from './key-value.ts';
import { memoryKeyValue } from './memory-key-value.ts';

/**
 * Records whose code is still to come. Where it does not come, memory serves for this page: what is asked for is not
 * there, and what is set is gone with it.
 */
export function lateKeyValue(bring: () => Promise<KeyValue>): KeyValue {
  const fallback = memoryKeyValue();
  let coming: Promise<KeyValue> | undefined;
  const arrived = (): Promise<KeyValue> => {
    coming ??= bring().catch(() => {
      coming = undefined;
      return fallback;
    });
    return coming;
  };
  return {
    get: async <T>(key: string) => (await arrived()).get<T>(key),
    set: async (key, value) => (await arrived()).set(key, value),
    remove: async (key) => (await arrived()).remove(key),
    keys: async () => (await arrived()).keys(),
    clear: async () => (await arrived()).clear(),
  };
}
