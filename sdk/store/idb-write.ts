import type { OpId, Scope } from '../protocol/ids.ts';
import type { JournalSchema } from './idb-handle.ts';
import { ackedKeptMs } from './journal.ts';
import { clearable, type OpsPage, pageWithout } from './ops-pages.ts';
import type { SealedWrite } from './sealed-write.ts';

/** What a write of the journal may touch. */
export const stores = ['ops', 'tails', 'folds', 'acked', 'numbers', 'meta'] as const;

type Store<Name extends (typeof stores)[number]> = import('idb').IDBPObjectStore<
  JournalSchema,
  typeof stores extends readonly (infer N)[] ? (N & (typeof stores)[number])[] : never,
  Name,
  'readwrite'
>;
export type StoreOf = <Name extends (typeof stores)[number]>(name: Name) => Store<Name>;

/** Puts everything of a write into its transaction, in the order new, changed, gone. @returns the new ops' numbers */
export async function writeSealed(
  store: StoreOf,
  { fresh, changed, remove, tails, folds, acked, requeued, clear }: SealedWrite,
): Promise<readonly number[]> {
  const work: Promise<unknown>[] = [];
  const begin = (...requests: Promise<unknown>[]): void => {
    // Where the next one cannot even begin, nobody waits for these.
    for (const request of requests) request.catch(() => {});
    work.push(...requests);
  };
  const ops = store('ops');
  const numbered = await numberAll(store, fresh);
  for (const page of numbered) begin(ops.add(page));
  for (const page of changed) begin(ops.add(page));
  if (remove.length > 0) begin(removeOps(ops, remove));
  for (const page of requeued) begin(ops.add(page));
  for (const record of acked) begin(store('acked').put(record));
  const [latest] = acked;
  if (latest) begin(store('acked').delete(IDBKeyRange.upperBound([latest.atMs - ackedKeptMs])));
  for (const tail of tails) begin(store('tails').put(tail));
  for (const { fold, seq } of folds) {
    begin(store('folds').put(fold), store('tails').delete(everySeq(fold.scope, seq)));
  }
  for (const scope of clear) {
    begin(store('folds').delete(scope), store('tails').delete(everySeq(scope)));
    begin(clearOps(ops, scope), clearAcked(store('acked'), scope));
  }
  await Promise.all(work);
  return numbered.flatMap(({ numbers }) => numbers);
}

const everySeq = (scope: Scope, upTo = Number.MAX_SAFE_INTEGER): IDBKeyRange =>
  IDBKeyRange.bound([scope, 0], [scope, upTo]);

async function numberAll(store: StoreOf, pages: readonly OpsPage[]): Promise<readonly OpsPage[]> {
  const last = new Map<Scope, number>();
  for (const scope of new Set(pages.map((page) => page.scope))) {
    last.set(scope, (await store('numbers').get(scope))?.last ?? 0);
  }
  const numbered = pages.map((page) => {
    const before = last.get(page.scope) ?? 0;
    last.set(page.scope, before + page.opIds.length);
    return { ...page, numbers: page.opIds.map((_, at) => before + at + 1) };
  });
  await Promise.all(
    [...last].map(([scope, number]) => store('numbers').put({ scope, last: number })),
  );
  return numbered;
}

async function removeOps(ops: Store<'ops'>, remove: SealedWrite['remove']): Promise<void> {
  const gone = new Set(remove.map(({ opId }) => opId));
  const [first = '', ...rest] = [...gone].sort();
  // Ids of one tab follow each other, so one question finds them all, and hardly any page that has none of them.
  const range = IDBKeyRange.bound(first, rest.at(-1) ?? first);
  await leave(ops, new Set(await ops.index('opIds').getAllKeys(range)), gone);
}

async function clearOps(ops: Store<'ops'>, scope: Scope): Promise<void> {
  const byScope = ops.index('scope');
  const [keys, pages] = await Promise.all([byScope.getAllKeys(scope), byScope.getAll(scope)]);
  await leave(ops, new Set(keys), clearable(pages));
}

async function clearAcked(acked: Store<'acked'>, scope: Scope): Promise<void> {
  for (const { scope: of, atMs, opId } of await acked.getAll()) {
    if (of === scope) await acked.delete([atMs, opId]);
  }
}

async function leave(
  ops: Store<'ops'>,
  keys: ReadonlySet<number>,
  gone: ReadonlySet<OpId>,
): Promise<void> {
  await Promise.all(
    [...keys].map(async (key) => {
      const page = await ops.get(key);
      const left = page && pageWithout(page, gone);
      if (left !== page) await (left ? ops.put(left, key) : ops.delete(key));
    }),
  );
}
