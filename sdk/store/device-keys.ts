import { JamzError } from '../protocol/errors.ts';
import type { IdbHandle } from './idb-handle.ts';
import { type Keyring, keyring, newKey, noKeyMessage, type SealedBox } from './keyring.ts';

export interface StoredKey {
  readonly id: string;
  /** Null where the browser gives it back as nothing, as WebKit does whose keychain is locked or lost. */
  readonly key: CryptoKey | null;
  /** Sealed when the key was made: shows whether it still opens what it sealed. */
  readonly check: SealedBox;
}

export interface KeyPlatform {
  /** Without `subtle` on plain http. */
  readonly crypto: Crypto | undefined;
  readonly locks: LockManager | undefined;
}

/** Of a page or a service worker. */
export function keyPlatform(): KeyPlatform {
  return {
    crypto: globalThis.crypto,
    locks: typeof navigator === 'undefined' ? undefined : navigator.locks,
  };
}

const checkText = 'jamz';
const about = (id: string): string => `key ${id}`;

/**
 * The keys of a store, in that store, so that they come and go together. The first one is made under a lock, added
 * only where no tab was faster, and read back before anything is sealed with it. One that the browser has lost is
 * left where it is, and a new one made beside it.
 *
 * @param lockName names what tabs with the same store share
 * @throws {JamzError} `unavailable` where a key cannot be made, kept or used
 */
export async function openKeys(
  handle: IdbHandle,
  lockName: string,
  { crypto, locks }: KeyPlatform,
): Promise<Keyring> {
  if (!crypto?.subtle) throw new JamzError('unavailable', noKeyMessage);
  const found = await read(handle, crypto);
  if (found.ring) return found.ring;
  const make = async (): Promise<Keyring> => {
    const seen = await read(handle, crypto);
    return seen.ring ?? (await add(handle, crypto, seen.current));
  };
  return locks ? locks.request(`${lockName}:key`, make) : make();
}

interface Found {
  /** The id of the key that seals, or sealed until it was lost. */
  readonly current: string | undefined;
  readonly ring: Keyring | undefined;
}

async function read(handle: IdbHandle, crypto: Crypto): Promise<Found> {
  const { current, stored } = await handle.run(async (db) => {
    const tx = db.transaction(['meta', 'keys']);
    const [meta, all] = await Promise.all([
      tx.objectStore('meta').get('keyId'),
      tx.objectStore('keys').getAll(),
    ]);
    await tx.done;
    return { current: meta?.value, stored: all };
  });
  const keys = new Map<string, CryptoKey>();
  for (const { id, key } of stored) if (key) keys.set(id, key);
  const check = stored.find(({ id }) => id === current)?.check;
  if (current === undefined || !check || !keys.has(current)) return { current, ring: undefined };
  const ring = keyring(keys, current, crypto);
  const opens = await ring.open(check, about(current)).then(
    (text) => text === checkText,
    () => false,
  );
  return { current, ring: opens ? ring : undefined };
}

async function add(
  handle: IdbHandle,
  crypto: Crypto,
  before: string | undefined,
): Promise<Keyring> {
  try {
    const id = crypto.randomUUID();
    const key = await newKey(crypto);
    const check = await keyring(new Map([[id, key]]), id, crypto).seal(checkText, about(id));
    await handle.run(async (db) => {
      const tx = db.transaction(['meta', 'keys'], 'readwrite', { durability: 'strict' });
      const current = await tx.objectStore('meta').get('keyId');
      // Without locks another tab may have been faster: its key is everybody's.
      if (current?.value === before) {
        await tx.objectStore('keys').add({ id, key, check });
        await tx.objectStore('meta').put({ name: 'keyId', value: id });
      }
      await tx.done;
    });
  } catch (cause) {
    if (cause instanceof JamzError && cause.code === 'storage-full') throw cause;
    throw new JamzError('unavailable', noKeyMessage, { cause });
  }
  const { ring } = await read(handle, crypto);
  if (!ring) throw new JamzError('unavailable', noKeyMessage);
  return ring;
}
