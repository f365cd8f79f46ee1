import { type DBSchema, openDB } from 'idb';
import type { UserId } from '../protocol/ids.ts';
import { type Keyring, keyring, newKey, type SealedBox } from '../store/keyring.ts';

/** A replica that its page has entrusted to the service worker. */
export interface WorkerReplica {
  /** Names its journal, and what its tabs share. */
  readonly name: string;
  readonly server: string;
  readonly site: string;
  readonly namespace: string;
  readonly userId: UserId;
}

export interface StoredToken {
  readonly token: string;
  /** When it was given, and when it ends, by this device's clock. */
  readonly givenAtMs: number;
  readonly expiresAtMs: number;
}

/** What pages and the service worker of an origin know together: which replicas there are, and their tokens. */
export interface Registry {
  list(): Promise<readonly WorkerReplica[]>;
  /** Puts it on the list; its token stays. */
  join(replica: WorkerReplica): Promise<void>;
  /** The replica and its token are forgotten. */
  leave(name: string): Promise<void>;
  /** Undefined where there is none, or none that this browser can still open. */
  token(name: string): Promise<StoredToken | undefined>;
  /** Of a replica on the list. Keeps nothing where it cannot be encrypted. */
  setToken(name: string, token: StoredToken): Promise<void>;
  dropToken(name: string): Promise<void>;
  /** @returns false when this message was shown before */
  showsFirst(messageId: string, nowMs: number): Promise<boolean>;
  close(): void;
}

interface RegistrySchema extends DBSchema {
  replicas: { key: string; value: WorkerReplica };
  tokens: { key: string; value: { readonly name: string; readonly box: SealedBox } };
  keys: { key: string; value: { readonly id: string; readonly key: CryptoKey } };
  shown: {
    key: string;
    value: { readonly id: string; readonly atMs: number };
    indexes: { atMs: number };
  };
}

/** A push service keeps a message for four weeks at most. */
const shownForMs = 28 * 24 * 3_600_000;
const keyId = 'worker';
const about = (name: string): string => `drain token ${name}`;

/** @param name of the database; one per origin outside of tests */
export function openRegistry(name = 'jamz:worker', platform: Crypto = crypto): Registry {
  const opening = openDB<RegistrySchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('replicas', { keyPath: 'name' });
      db.createObjectStore('tokens', { keyPath: 'name' });
      db.createObjectStore('keys', { keyPath: 'id' });
      db.createObjectStore('shown', { keyPath: 'id' }).createIndex('atMs', 'atMs');
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  // Whoever asks is told.
  opening.catch(() => {});

  /** Added only where there is none, and read back: what was sealed with a key that was not kept is lost. */
  const openKeys = async (make: boolean): Promise<Keyring | undefined> => {
    const db = await opening;
    const made = make && platform.subtle && (await newKey(platform));
    const tx = db.transaction('keys', 'readwrite');
    const known = await tx.store.get(keyId);
    if (!known && made) await tx.store.add({ id: keyId, key: made });
    await tx.done;
    const key = (await db.get('keys', keyId))?.key;
    return key && keyring(new Map([[keyId, key]]), keyId, platform);
  };

  return {
    list: async () => (await opening).getAll('replicas'),
    async join(replica) {
      await (await opening).put('replicas', replica);
    },
    async leave(name) {
      const tx = (await opening).transaction(['replicas', 'tokens'], 'readwrite');
      await Promise.all([
        tx.objectStore('replicas').delete(name),
        tx.objectStore('tokens').delete(name),
        tx.done,
      ]);
    },
    async token(name) {
      const stored = await (await opening).get('tokens', name);
      const keys = stored && (await openKeys(false));
      if (!keys) return undefined;
      const opened = await keys.open(stored.box, about(name)).catch(() => undefined);
      return isStoredToken(opened) ? opened : undefined;
    },
    async setToken(name, token) {
      const keys = await openKeys(true);
      if (!keys) return;
      const box = await keys.seal(token, about(name));
      const tx = (await opening).transaction(['replicas', 'tokens'], 'readwrite');
      // Its person may have signed out while the token was on its way.
      const isThere = await tx.objectStore('replicas').get(name);
      if (isThere) await tx.objectStore('tokens').put({ name, box });
      await tx.done;
    },
    async dropToken(name) {
      await (await opening).delete('tokens', name);
    },
    async showsFirst(messageId, nowMs) {
      const tx = (await opening).transaction('shown', 'readwrite');
      const isKnown = (await tx.store.get(messageId)) !== undefined;
      if (!isKnown) await tx.store.add({ id: messageId, atMs: nowMs });
      const old = IDBKeyRange.upperBound(nowMs - shownForMs);
      for (const key of await tx.store.index('atMs').getAllKeys(old)) await tx.store.delete(key);
      await tx.done;
      return !isKnown;
    },
    close() {
      opening.then((db) => db.close()).catch(() => {});
    },
  };
}

function isStoredToken(value: unknown): value is StoredToken {
  const stored = (value ?? {}) as Partial<Record<keyof StoredToken, unknown>>;
  const times = [stored.givenAtMs, stored.expiresAtMs];
  return typeof stored.token === 'string' && times.every((time) => typeof time === 'number');
}
