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

/** The last number given in each scope that has new ops. */
export async function lastNumbers(
  store: StoreOf,
  { fresh }: SealedWrite,
): Promise<ReadonlyMap<Scope, number>> {
  const numbers = store('numbers');
  const scopes = [...new Set(fresh.map(({ scope }) => scope))];
  const found = await Promise.all(scopes.map((scope) => numbers.get(scope)));
  return new Map(scopes.map((scope, at) => [scope, found[at]?.last ?? 0]));
}

/**
 * Puts everything of a write into its transaction, in the order new, back again, changed, gone. What needs no answer waits for
 * none: each answer is a trip to another process.
 *
 * @param before from {@link lastNumbers}, in the same transaction
 * @returns the new ops' numbers
 */
export async function writeSealed(
  store: StoreOf,
  before: ReadonlyMap<Scope, number>,
  { fresh, changed, remove, tails, folds, acked, requeued, clear }: SealedWrite,
): Promise<readonly number[]> {
  const work: Promise<unknown>[] = [];
  const begin = (...requests: Promise<unknown>[]): void => {
    // Where the next one cannot even begin, nobody waits for these.
    for (const request of requests) request.catch(() => {});
    work.push(...requests);
  };
  const ops = store('ops');
  const { numbered, last } = numberAll(fresh, before);
  for (const [scope, number] of last) begin(store('numbers').put({ scope, last: number }));
  for (const page of numbered) begin(ops.add(page));
  // What comes back may be in the log again before it is written: then it goes in the same write.
  for (const page of requeued) begin(ops.add(page));
  for (const page of changed) begin(ops.add(page));
  if (remove.length > 0) begin(removeOps(ops, remove));
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

function numberAll(
  pages: readonly OpsPage[],
  before: ReadonlyMap<Scope, number>,
): { readonly numbered: readonly OpsPage[]; readonly last: ReadonlyMap<Scope, number> } {
  const last = new Map(before);
  const numbered = pages.map((page) => {
    const from = last.get(page.scope) ?? 0;
    last.set(page.scope, from + page.opIds.length);
    return { ...page, numbers: page.opIds.map((_, at) => from + at + 1) };
  });
  return { numbered, last };
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
