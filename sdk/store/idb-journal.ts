import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { JamzError } from '../protocol/errors.ts';
import type { ReplicaId, Scope } from '../protocol/ids.ts';
import type { Commit } from '../protocol/wire.ts';
import {
  Deposed,
  type Journal,
  type JournalContents,
  type JournalWrite,
  type OutboxEntry,
  type StoredFold,
} from './journal.ts';

interface JournalSchema extends DBSchema {
  /** Ops in the order they were made; `opId` finds one. */
  outbox: { key: number; value: OutboxEntry; indexes: { opId: string } };
  commits: { key: [Scope, number]; value: { scope: Scope; seq: number; commit: Commit } };
  snapshots: { key: Scope; value: { scope: Scope; fold: StoredFold } };
  numbers: { key: Scope; value: { scope: Scope; last: number } };
  meta: { key: string; value: { name: string; value: string } };
}

const stores = ['outbox', 'commits', 'snapshots', 'numbers', 'meta'] as const;
const everySeq = (scope: Scope, upTo = Number.MAX_SAFE_INTEGER): IDBKeyRange =>
  IDBKeyRange.bound([scope, 0], [scope, upTo]);

/**
 * The journal on IndexedDB. Each write is one transaction with `strict` durability, so what was told to be stored
 * survives the tab's crash. A handle that the browser closed in the background is opened again, once per write.
 *
 * @param name the database: one per server, site, user and namespace
 * @param newReplicaId makes the id of a replica whose store is new, lost or rolled back
 */
export function idbJournal(name: string, newReplicaId: () => ReplicaId): Journal {
  let handle: Promise<IDBPDatabase<JournalSchema>> | undefined;
  let closed = false;

  const open = (): Promise<IDBPDatabase<JournalSchema>> => {
    handle ??= openDB<JournalSchema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('outbox', { autoIncrement: true }).createIndex('opId', 'op.opId');
        db.createObjectStore('commits', { keyPath: ['scope', 'seq'] });
        db.createObjectStore('snapshots', { keyPath: 'scope' });
        db.createObjectStore('numbers', { keyPath: 'scope' });
        db.createObjectStore('meta', { keyPath: 'name' });
      },
      blocking() {
        // Another tab wants to delete or upgrade the store: let go, and open again on the next write.
        void handle?.then((db) => db.close());
        handle = undefined;
      },
      terminated() {
        handle = undefined;
      },
    });
    handle.catch(() => {
      handle = undefined;
    });
    return handle;
  };

  /** Runs once more on a fresh handle when the browser had closed the old one under us. */
  const onHandle = async <T>(work: (db: IDBPDatabase<JournalSchema>) => Promise<T>): Promise<T> => {
    if (closed) throw new JamzError('unavailable', 'This replica is closed.');
    try {
      return await work(await open());
    } catch (error) {
      if (error instanceof Deposed) throw error;
      if (isQuota(error)) throw asFull(error);
      handle = undefined;
      try {
        return await work(await open());
      } catch (again) {
        if (isQuota(again)) throw asFull(again);
        throw new JamzError('unavailable', 'The browser’s storage cannot be used.', {
          cause: again,
        });
      }
    }
  };

  return {
    kind: 'disk',

    load: () =>
      onHandle(async (db): Promise<JournalContents> => {
        const tx = db.transaction(stores, 'readwrite');
        const known = await tx.objectStore('meta').get('replicaId');
        const replicaId = known?.value ?? newReplicaId();
        if (!known) await tx.objectStore('meta').put({ name: 'replicaId', value: replicaId });
        const [outbox, snapshots, commits] = await Promise.all([
          tx.objectStore('outbox').getAll(),
          tx.objectStore('snapshots').getAll(),
          tx.objectStore('commits').getAll(),
        ]);
        await tx.done;
        return { replicaId, outbox, scopes: byScope(snapshots, commits) };
      }),

    lead: () =>
      onHandle(async (db) => {
        const tx = db.transaction('meta', 'readwrite');
        const term = Number((await tx.store.get('term'))?.value ?? 0) + 1;
        await tx.store.put({ name: 'term', value: String(term) });
        await tx.done;
        return term;
      }),

    write: (change, term) =>
      onHandle(async (db) => {
        const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
        const failed = tx.done.catch((error: unknown) => {
          throw error;
        });
        // A request that fails aborts the transaction; `done` tells, so single requests need no catch of their own.
        failed.catch(() => {});
        if (term !== undefined) {
          const latest = Number((await tx.objectStore('meta').get('term'))?.value ?? 0);
          if (latest !== term) {
            tx.abort();
            throw new Deposed();
          }
        }
        const numbers = await writeAll(tx.objectStore.bind(tx) as StoreOf, change);
        await failed;
        return numbers;
      }),

    async close() {
      closed = true;
      await handle?.then((db) => db.close()).catch(() => {});
    },
  };
}

type Store<Name extends (typeof stores)[number]> = import('idb').IDBPObjectStore<
  JournalSchema,
  typeof stores extends readonly (infer N)[] ? (N & (typeof stores)[number])[] : never,
  Name,
  'readwrite'
>;
type StoreOf = <Name extends (typeof stores)[number]>(name: Name) => Store<Name>;

async function writeAll(store: StoreOf, change: JournalWrite): Promise<readonly number[]> {
  const work: Promise<unknown>[] = [];
  const outbox = store('outbox');
  const numbers = await numberAll(store, change.enqueue);

  change.enqueue.forEach((entry, index) => {
    const number = numbers[index] ?? 0;
    work.push(outbox.add({ ...entry, op: { ...entry.op, number } }));
  });
  for (const entry of change.update) {
    work.push(
      outbox
        .index('opId')
        .getKey(entry.op.opId)
        .then((key) => (key === undefined ? undefined : outbox.put(entry, key))),
    );
  }
  for (const { opId } of change.remove) {
    work.push(
      outbox
        .index('opId')
        .getKey(opId)
        .then((key) => (key === undefined ? undefined : outbox.delete(key))),
    );
  }
  for (const { scope, commit } of change.commits) {
    work.push(store('commits').put({ scope, seq: commit.seq, commit }));
  }
  for (const { scope, fold } of change.snapshots) {
    work.push(store('snapshots').put({ scope, fold }));
    work.push(store('commits').delete(everySeq(scope, fold.cursor[1])));
  }
  for (const scope of change.clear) {
    work.push(store('snapshots').delete(scope), store('commits').delete(everySeq(scope)));
    work.push(clearOutbox(outbox, scope));
  }
  await Promise.all(work);
  return numbers;
}

async function numberAll(
  store: StoreOf,
  entries: readonly OutboxEntry[],
): Promise<readonly number[]> {
  const last = new Map<Scope, number>();
  for (const scope of new Set(entries.map((entry) => entry.scope))) {
    last.set(scope, (await store('numbers').get(scope))?.last ?? 0);
  }
  const numbers = entries.map(({ scope }) => {
    const number = (last.get(scope) ?? 0) + 1;
    last.set(scope, number);
    return number;
  });
  await Promise.all(
    [...last].map(([scope, number]) => store('numbers').put({ scope, last: number })),
  );
  return numbers;
}

async function clearOutbox(outbox: Store<'outbox'>, scope: Scope): Promise<void> {
  let cursor = await outbox.openCursor();
  while (cursor) {
    if (cursor.value.scope === scope && !cursor.value.setAside) await cursor.delete();
    cursor = await cursor.continue();
  }
}

function byScope(
  snapshots: readonly { scope: Scope; fold: StoredFold }[],
  commits: readonly { scope: Scope; commit: Commit }[],
): JournalContents['scopes'] {
  const scopes = new Map<Scope, { scope: Scope; snapshot: StoredFold | null; commits: Commit[] }>();
  for (const { scope, fold } of snapshots)
    scopes.set(scope, { scope, snapshot: fold, commits: [] });
  for (const { scope, commit } of commits) {
    const known = scopes.get(scope);
    if (known) known.commits.push(commit);
    else scopes.set(scope, { scope, snapshot: null, commits: [commit] });
  }
  return [...scopes.values()];
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

function asFull(cause: unknown): JamzError {
  return new JamzError(
    'storage-full',
    'This device has no room left for what is waiting to be sent. Free some space; until then it stays in this page.',
    { cause },
  );
}
