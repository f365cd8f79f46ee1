import { JamzError } from '../protocol/errors.ts';
import type { ReplicaId } from '../protocol/ids.ts';
import { type KeyPlatform, keyPlatform, openKeys } from './device-keys.ts';
import { firstStores, type IdbHandle, idbHandle, type JournalDatabase } from './idb-handle.ts';
import { lastNumbers, type StoreOf, stores, writeSealed } from './idb-write.ts';
import { Deposed, type Journal, type JournalContents } from './journal.ts';
import { type Keyring, noKeyMessage } from './keyring.ts';
import { openPages } from './ops-pages.ts';
import { openAcked, openScopes, type SealedWrite, sealWrite } from './sealed-write.ts';

/** Behind the last place of every log. */
const everySeq = Number.POSITIVE_INFINITY;

/**
 * The journal on IndexedDB. Each write is one transaction with `strict` durability, so what was told to be stored
 * survives the tab's crash; a write that fails leaves nothing behind. What is personal is encrypted before the
 * transaction begins, with a key that this store keeps. It needs neither a window nor a document.
 *
 * @param name the database: one per server, site, user and namespace
 * @param newReplicaId makes the id of a replica whose store is new, lost or rolled back
 * @param tells whether a person reads the notes; a service worker leaves them to the next page
 */
export function idbJournal(
  name: string,
  newReplicaId: () => ReplicaId,
  platform: KeyPlatform = keyPlatform(),
  handle: IdbHandle = idbHandle(name),
  tells: boolean = typeof document !== 'undefined',
): Journal {
  let replicaId: ReplicaId | undefined;
  let opening: Promise<Keyring> | undefined;

  const keysOf = (): Promise<Keyring> => {
    opening ??= openKeys(handle, name, platform).then(async (keys) => {
      if (await handle.run(holdsFirstVersion)) {
        const { sealFirstVersion } = await rarely(() => import('./first-version.ts'));
        await sealFirstVersion(handle, keys);
      }
      return keys;
    });
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  };

  const read = async () =>
    handle.run(async (db) => {
      const tx = db.transaction(stores, 'readwrite');
      const known = await tx.objectStore('meta').get('replicaId');
      const id = known?.value ?? newReplicaId();
      if (!known) await tx.objectStore('meta').put({ name: 'replicaId', value: id });
      const [keys, pages, folds, tails] = await Promise.all([
        tx.objectStore('ops').getAllKeys(),
        tx.objectStore('ops').getAll(),
        tx.objectStore('folds').getAll(),
        tx.objectStore('tails').getAll(),
      ]);
      await tx.done;
      return { id, keys, pages, folds, tails };
    });

  /** @returns undefined, and nothing is written, when another key seals by now */
  const put = (
    sealed: SealedWrite,
    keyId: string,
    term: number | undefined,
  ): Promise<readonly number[] | undefined> =>
    handle.run(async (db) => {
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
      // `done` tells what became of all of it, so that single requests need no catch of their own.
      tx.done.catch(() => {});
      try {
        const storeOf = tx.objectStore.bind(tx) as StoreOf;
        const reading = [storeOf('meta').get('keyId'), lastNumbers(storeOf, sealed)] as const;
        for (const read of reading) read.catch(() => {});
        await checkMeta(storeOf, replicaId, term);
        const [current, last] = await Promise.all(reading);
        if (current?.value !== keyId) return undefined;
        const numbers = await writeSealed(storeOf, last, sealed);
        await tx.done;
        return numbers;
      } catch (error) {
        abort(tx);
        // The first request that fails says only that all were given up; the transaction says why.
        throw tx.error ?? error;
      }
    });

  return {
    kind: 'disk',

    async load(): Promise<JournalContents> {
      // A store that was deleted meanwhile has lost its keys, too.
      opening = undefined;
      const keys = await keysOf();
      const stored = await read();
      const { outbox, unreadable } = await openPages(stored.pages, keys);
      const scopes = await openScopes(stored.folds, stored.tails, keys);
      replicaId = stored.id;
      let note: string | null = null;
      if (unreadable.length > 0 || stored.pages.some(({ lost }) => lost)) {
        const { noteLost } = await rarely(() => import('./lost-pages.ts'));
        note = await noteLost(handle, stored.keys, stored.pages, unreadable, tells);
      }
      return { replicaId, outbox, scopes, note };
    },

    async acked(scope, generation, sinceMs, upToSeq = everySeq) {
      const records = await handle.run((db) =>
        db.getAll('acked', IDBKeyRange.lowerBound([sinceMs])),
      );
      const own = records.filter(
        (one) =>
          one.scope === scope && one.generation === generation && (one.seq ?? everySeq) <= upToSeq,
      );
      return openAcked(own, await keysOf());
    },

    lead: () =>
      handle.run(async (db) => {
        const tx = db.transaction('meta', 'readwrite');
        const term = Number((await tx.store.get('term'))?.value ?? 0) + 1;
        await tx.store.put({ name: 'term', value: String(term) });
        await tx.done;
        return term;
      }),

    async write(change, term) {
      for (let tries = 0; tries < 3; tries += 1) {
        const keys = await keysOf();
        const numbers = await put(await sealWrite(change, keys), keys.keyId, term);
        if (numbers) return numbers;
        // Another tab found that key lost and made one: what is sealed with the old one nobody else could open.
        opening = undefined;
      }
      throw new JamzError('unavailable', noKeyMessage);
    },

    close: () => handle.close(),
  };
}

/** Whether something is left of the first version, which kept everything unencrypted in stores that are no more. */
async function holdsFirstVersion(db: JournalDatabase): Promise<boolean> {
  if (!db.objectStoreNames.contains('outbox')) return false;
  const counts = await Promise.all(firstStores.map((name) => db.count(name)));
  return counts.some((count) => count > 0);
}

/** Code that next to no start needs. Without it nothing is read: what it would have kept safe might be cleared. */
async function rarely<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const message =
      'A part of this page that reads what was kept has not arrived: what waits is lost when this page closes. Reload it when there is a network.';
    throw new JamzError('unavailable', message, { cause });
  }
}

/** Whether this is still the store that was loaded, and its caller the tab that leads it. */
async function checkMeta(
  store: StoreOf,
  replicaId: ReplicaId | undefined,
  term: number | undefined,
): Promise<void> {
  const meta = store('meta');
  const [stored, latest] = await Promise.all([meta.get('replicaId'), meta.get('term')]);
  // An emptied store would number from 1 again, and the server would take the new ops for old ones.
  if (replicaId !== undefined && stored?.value !== replicaId) {
    throw new JamzError(
      'unavailable',
      'The browser has deleted what this page kept: what waits is lost when this page closes.',
    );
  }
  if (term !== undefined && Number(latest?.value ?? 0) !== term) throw new Deposed();
}

/** Nothing of a write that failed may stay. */
function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It has ended already.
  }
}
