import { JamzError } from '../protocol/errors.ts';
import type { ReplicaId, Scope } from '../protocol/ids.ts';
import type { Commit } from '../protocol/wire.ts';
import { idbHandle, type JournalSchema } from './idb-handle.ts';
import {
  Deposed,
  type Journal,
  type JournalContents,
  type JournalWrite,
  type OutboxEntry,
  type StoredFold,
} from './journal.ts';

const stores = ['outbox', 'commits', 'snapshots', 'numbers', 'meta'] as const;
const everySeq = (scope: Scope, upTo = Number.MAX_SAFE_INTEGER): IDBKeyRange =>
  IDBKeyRange.bound([scope, 0], [scope, upTo]);

/**
 * The journal on IndexedDB. Each write is one transaction with `strict` durability, so what was told to be stored
 * survives the tab's crash; a write that fails leaves nothing behind.
 *
 * @param name the database: one per server, site, user and namespace
 * @param newReplicaId makes the id of a replica whose store is new, lost or rolled back
 */
export function idbJournal(name: string, newReplicaId: () => ReplicaId): Journal {
  const handle = idbHandle(name);
  /** Known once it was loaded. */
  let replicaId: ReplicaId | undefined;

  return {
    kind: 'disk',

    load: () =>
      handle.run(async (db): Promise<JournalContents> => {
        const tx = db.transaction(stores, 'readwrite');
        const known = await tx.objectStore('meta').get('replicaId');
        const id = known?.value ?? newReplicaId();
        if (!known) await tx.objectStore('meta').put({ name: 'replicaId', value: id });
        const [outbox, snapshots, commits] = await Promise.all([
          tx.objectStore('outbox').getAll(),
          tx.objectStore('snapshots').getAll(),
          tx.objectStore('commits').getAll(),
        ]);
        await tx.done;
        replicaId = id;
        return { replicaId: id, outbox, scopes: byScope(snapshots, commits) };
      }),

    lead: () =>
      handle.run(async (db) => {
        const tx = db.transaction('meta', 'readwrite');
        const term = Number((await tx.store.get('term'))?.value ?? 0) + 1;
        await tx.store.put({ name: 'term', value: String(term) });
        await tx.done;
        return term;
      }),

    write: (change, term) =>
      handle.run(async (db) => {
        const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
        // `done` tells what became of all of it, so that single requests need no catch of their own.
        tx.done.catch(() => {});
        try {
          await checkMeta(tx.objectStore.bind(tx) as StoreOf, replicaId, term);
          const numbers = await writeAll(tx.objectStore.bind(tx) as StoreOf, change);
          await tx.done;
          return numbers;
        } catch (error) {
          abort(tx);
          // The first request that fails says only that all were given up; the transaction says why.
          throw tx.error ?? error;
        }
      }),

    close: () => handle.close(),
  };
}

type Store<Name extends (typeof stores)[number]> = import('idb').IDBPObjectStore<
  JournalSchema,
  typeof stores extends readonly (infer N)[] ? (N & (typeof stores)[number])[] : never,
  Name,
  'readwrite'
>;
type StoreOf = <Name extends (typeof stores)[number]>(name: Name) => Store<Name>;

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
      'The browser has deleted what this page kept. What waits to be sent is lost when the page closes.',
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

async function writeAll(store: StoreOf, change: JournalWrite): Promise<readonly number[]> {
  const work: Promise<unknown>[] = [];
  const begin = (...requests: Promise<unknown>[]): void => {
    // Where the next one cannot even begin, nobody waits for these.
    for (const request of requests) request.catch(() => {});
    work.push(...requests);
  };
  const outbox = store('outbox');
  const numbers = await numberAll(store, change.enqueue);

  change.enqueue.forEach((entry, index) => {
    const number = numbers[index] ?? 0;
    begin(outbox.add({ ...entry, op: { ...entry.op, number } }));
  });
  for (const entry of change.update) {
    begin(
      outbox
        .index('opId')
        .getKey(entry.op.opId)
        .then((key) => (key === undefined ? undefined : outbox.put(entry, key))),
    );
  }
  for (const { opId } of change.remove) {
    begin(
      outbox
        .index('opId')
        .getKey(opId)
        .then((key) => (key === undefined ? undefined : outbox.delete(key))),
    );
  }
  for (const { scope, commit } of change.commits) {
    begin(store('commits').put({ scope, seq: commit.seq, commit }));
  }
  for (const { scope, fold } of change.snapshots) {
    begin(store('snapshots').put({ scope, fold }));
    begin(store('commits').delete(everySeq(scope, fold.cursor[1])));
  }
  for (const scope of change.clear) {
    begin(store('snapshots').delete(scope), store('commits').delete(everySeq(scope)));
    begin(clearOutbox(outbox, scope));
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
