import { formatHlc, zeroHlc } from '../protocol/hlc.ts';
import type { OpId, Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { Commit } from '../protocol/wire.ts';
import { Deposed, type Journal, type JournalWrite, noChange, type OutboxEntry } from './journal.ts';
import { ackedFacts } from './journal-acked.contract.ts';

/** One fact that holds for every journal; `check` throws with what was found instead. */
export interface JournalFact {
  readonly name: string;
  check(): Promise<void>;
}

/**
 * What every journal promises: one suite, whatever the adapter, in Node and in the browser.
 *
 * @param open a journal with a store of its own that is empty
 */
export function journalFacts(open: () => Promise<Journal>): readonly JournalFact[] {
  const fact = (name: string, check: (journal: Journal) => Promise<void>): JournalFact => ({
    name,
    async check() {
      const journal = await open();
      try {
        await journal.load();
        await check(journal);
      } finally {
        await journal.close();
      }
    },
  });

  return [
    fact('is empty at first, under a replica id that stays', async (journal) => {
      const { replicaId, outbox, scopes } = await journal.load();
      same([outbox, scopes], [[], []]);
      same((await journal.load()).replicaId, replicaId);
    }),
    fact('[OP2] numbers ops 1, 2, 3 … per scope, in their order', async (journal) => {
      const first = await enqueue(journal, entry('a'), entry('b', 'g:van'), entry('c'));
      same(first, [1, 1, 2]);
      same(await enqueue(journal, entry('d')), [3]);
    }),
    fact('keeps ops in the order made, with their numbers', async (journal) => {
      await enqueue(journal, entry('a'), entry('b', 'g:van'));
      await enqueue(journal, entry('c'));
      same(await opsIn(journal), ['a 1', 'b 1', 'c 2']);
    }),
    fact('[OP3] gives no number twice, though the ops that had it are gone', async (journal) => {
      await enqueue(journal, entry('a'), entry('b'));
      await journal.write({ ...noChange, remove: [named('a'), named('b')] });
      await journal.write({ ...noChange, clear: ['g:crew'] });
      same(await enqueue(journal, entry('c')), [3]);
    }),
    fact('[OP2] numbers writes under way at once without a gap or a double', async (journal) => {
      const writes = ['a', 'b', 'c', 'd', 'e'].map((opId) => enqueue(journal, entry(opId)));
      const numbers = (await Promise.all(writes)).flat();
      same(numbers.toSorted(), [1, 2, 3, 4, 5]);
      same(
        await opsIn(journal),
        numbers.map((number, index) => `${'abcde'[index]} ${number}`),
      );
    }),
    fact('keeps what changed about an op, in its old place', async (journal) => {
      await enqueue(journal, entry('a'), entry('b'));
      const changed = { ...numbered(entry('a'), 1), frozen: true, attempts: 2 };
      await journal.write({ ...noChange, update: [changed] });
      const [first] = (await journal.load()).outbox;
      same([first?.op.opId, first?.frozen, first?.attempts], ['a', true, 2]);
    }),
    fact('makes no op of a change to one that it does not have', async (journal) => {
      await enqueue(journal, entry('a'));
      await journal.write({ ...noChange, remove: [named('a')] });
      await journal.write({ ...noChange, update: [numbered(entry('a'), 1)] });
      same(await opsIn(journal), []);
    }),
    fact('[ST1] applies one write in the order: new, changed, gone', async (journal) => {
      await journal.write({
        ...noChange,
        enqueue: [entry('a'), entry('b')],
        update: [{ ...numbered(entry('b'), 2), attempts: 3 }],
        remove: [named('a')],
      });
      const { outbox } = await journal.load();
      same(
        outbox.map(({ op, attempts }) => [op.opId, attempts]),
        [['b', 3]],
      );
    }),
    fact('[SA4] [ST10] clears one scope, but not what was set aside', async (journal) => {
      const setAside = { code: 'forbidden', message: 'No.', atMs: 5 } as const;
      await enqueue(journal, entry('a'), { ...entry('kept'), setAside }, entry('b', 'g:van'));
      await journal.write({ ...noChange, clear: ['g:crew'] });
      same(await opsIn(journal), ['kept 2', 'b 1']);
    }),
    fact('[TB3] lets only the newest term write', async (journal) => {
      const first = await journal.lead();
      await journal.write({ ...noChange, enqueue: [entry('a')] }, first);
      const second = await journal.lead();
      await fails(journal.write({ ...noChange, enqueue: [entry('b')] }, first), Deposed);
      await journal.write({ ...noChange, enqueue: [entry('c')] }, second);
      same(await opsIn(journal), ['a 1', 'c 2']);
    }),
    fact('[TB2] lets a tab that follows enqueue', async (journal) => {
      await journal.lead();
      same(await enqueue(journal, entry('a')), [1]);
    }),
    ...ackedFacts(fact),
  ];
}

/** What a journal on a disk promises besides. @param open a handle on the same store each time */
export function durableJournalFacts(open: () => Journal): readonly JournalFact[] {
  const fact = (name: string, check: () => Promise<void>): JournalFact => ({ name, check });
  const write = async (change: Partial<JournalWrite>): Promise<void> => {
    const journal = open();
    await journal.load();
    await journal.write({ ...noChange, ...change });
    await journal.close();
  };
  const stored = async () => {
    const journal = open();
    const contents = await journal.load();
    await journal.close();
    return contents;
  };

  return [
    fact('[OB13] is the same replica after a reload, with its outbox', async () => {
      const { replicaId } = await stored();
      await write({ enqueue: [entry('a'), entry('b')] });
      const { replicaId: again, outbox } = await stored();
      same([again, outbox.map(({ op }) => op.opId)], [replicaId, ['a', 'b']]);
      const journal = open();
      same(await enqueue(journal, entry('c')), [3]);
      await journal.close();
    }),
    fact('[OP3] gives two tabs that write at once different numbers', async () => {
      const tabs = [open(), open()];
      await Promise.all(tabs.map((tab) => tab.load()));
      const writes = ['a', 'b', 'c', 'd', 'e', 'f'].map((opId, index) => {
        const tab = tabs[index % 2];
        if (!tab) throw new Error('There are two.');
        return enqueue(tab, entry(opId));
      });
      same((await Promise.all(writes)).flat().toSorted(), [1, 2, 3, 4, 5, 6]);
      await Promise.all(tabs.map((tab) => tab.close()));
    }),
    fact('[ST9] keeps the folded state of each scope and the commits since', async () => {
      await write({ snapshots: [snapshot(2)], commits: [commit(3), commit(4)] });
      await write({ commits: [commit(5)] });
      const { scopes } = await stored();
      same(
        scopes.map(({ scope, snapshot: fold, commits }) => [
          scope,
          fold?.cursor[1],
          commits.map(({ seq }) => seq),
        ]),
        [['g:crew', 2, [3, 4, 5]]],
      );
    }),
    fact('[ST9] a snapshot replaces the one before and the commits it covers', async () => {
      await write({ snapshots: [snapshot(2)], commits: [commit(3), commit(4), commit(5)] });
      await write({ snapshots: [snapshot(4)] });
      const [crew] = (await stored()).scopes;
      same([crew?.snapshot?.cursor[1], crew?.commits.map(({ seq }) => seq)], [4, [5]]);
    }),
    fact('[ST10] forgets the state of a scope that is cleared', async () => {
      await write({ snapshots: [snapshot(2), snapshot(7, 'g:van')], commits: [commit(3)] });
      await write({ clear: ['g:crew'] });
      same(
        (await stored()).scopes.map(({ scope }) => scope),
        ['g:van'],
      );
    }),
    fact('[TB3] keeps who leads across reloads', async () => {
      const before = open();
      const old = await before.lead();
      const after = open();
      await after.lead();
      await fails(before.write({ ...noChange, enqueue: [entry('a')] }, old), Deposed);
      same((await after.load()).outbox, []);
      await before.close();
      await after.close();
    }),
  ];
}

/** An op of `g:crew` as a tap makes it. */
export function entry(opId: OpId, scope: Scope = 'g:crew'): OutboxEntry {
  const op = {
    type: 'playlist.add',
    payload: { items: [{ itemId: opId, title: opId }] },
    opId,
    number: 0,
    replicaId: 'phone',
    authorId: 'ana',
    stamp: formatHlc(1_700_000_000_000, 0, 'tab'),
    base: { generation: 1, seq: 0 },
    version: 1,
  } as Op;
  const rest = { frozen: false, provisional: false, attempts: 0, dependsOn: [], setAside: null };
  return { scope, op, madeAfter: zeroHlc, ...rest };
}

export function enqueue(
  journal: Journal,
  ...entries: readonly OutboxEntry[]
): Promise<readonly number[]> {
  return journal.write({ ...noChange, enqueue: entries });
}

/** Fails with both where they differ as JSON. */
export function same(found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`Found ${one}, expected ${other}.`);
}

/** @returns what it failed with */
export async function fails<T extends Error>(
  work: Promise<unknown>,
  kind: abstract new (...args: never[]) => T,
): Promise<T> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof kind) return outcome;
  throw new Error(`It ended with ${outcome} and not with ${kind.name}.`);
}

export async function opsIn(journal: Journal): Promise<string[]> {
  return (await journal.load()).outbox.map(({ op }) => `${op.opId} ${op.number}`);
}

export function numbered(made: OutboxEntry, number: number): OutboxEntry {
  return { ...made, op: { ...made.op, number } };
}

export function named(opId: OpId): { scope: Scope; opId: OpId } {
  return { scope: 'g:crew', opId };
}

function commit(seq: number, scope: Scope = 'g:crew'): { scope: Scope; commit: Commit } {
  const rest = { count: 1, atMs: 5, hash: `h${seq}`, runs: [] };
  return { scope, commit: { generation: 1, seq, ...rest } };
}

function snapshot(seq: number, scope: Scope = 'g:crew'): JournalWrite['snapshots'][number] {
  return { scope, fold: { cursor: [1, seq, `h${seq}`], foldVersion: 1, json: { seq } } };
}
