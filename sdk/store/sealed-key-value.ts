import { type KeyPlatform, keyPlatform, openKeys } from './device-keys.ts';
import { type IdbHandle, idbHandle } from './idb-handle.ts';
import type { KeyValue } from './key-value.ts';
import { type Keyring, type SealedBox, Unreadable } from './keyring.ts';
import { memoryKeyValue } from './memory-key-value.ts';

const about = (key: string): string => `cache ${key}`;

/**
 * Single records that tell of people: each is encrypted, under a key of this database. Values are plain JSON. Where
 * nothing can be encrypted or kept, they live in memory for the page's life. Needs neither a window nor a document.
 *
 * @param name of the database
 */
export function sealedKeyValue(
  name: string,
  platform: KeyPlatform = keyPlatform(),
  handle: IdbHandle = idbHandle(name),
): KeyValue {
  let opened: Promise<KeyValue> | undefined;
  const values = (): Promise<KeyValue> => {
    opened ??= openKeys(handle, name, platform).then(
      (keys) => onDisk(handle, keys),
      () => memoryKeyValue(),
    );
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

function onDisk(handle: IdbHandle, keys: Keyring): KeyValue {
  return {
    async get<T>(key: string) {
      const stored = await handle.run((db) => db.get('cache', key));
      return stored && ((await opened(keys, key, stored.box)) as T | undefined);
    },
    async set(key, value) {
      const box = await keys.seal(value, about(key));
      await handle.run((db) => db.put('cache', { key, box }));
    },
    remove: (key) => handle.run((db) => db.delete('cache', key)),
    keys: () => handle.run((db) => db.getAllKeys('cache')),
    clear: () => handle.run((db) => db.clear('cache')),
  };
}

/** What cannot be opened can be had again: it is as if it were not there, and the next value takes its place. */
async function opened(keys: Keyring, key: string, box: SealedBox): Promise<unknown> {
  try {
    return await keys.open(box, about(key));
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
