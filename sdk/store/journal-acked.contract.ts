import type { OpId, Scope } from '../protocol/ids.ts';
import {
  enqueue,
  entry,
  type JournalFact,
  named,
  numbered,
  opsIn,
  same,
} from './journal.contract.ts';
import { type AckedOp, type Journal, noChange } from './journal.ts';

/** The part of the journal's contract that is about ops which a log has, and may lose. */
export function ackedFacts(
  fact: (name: string, check: (journal: Journal) => Promise<void>) => JournalFact,
): readonly JournalFact[] {
  return [
    fact(
      '[LG17] keeps what a log has taken, by log and generation, in the order of its writes',
      async (journal) => {
        await journal.write({ ...noChange, acked: [acked('tab-10', 1), acked('tab-11', 1)] });
        await journal.write({
          ...noChange,
          acked: [acked('tab-12', 2), acked('tab-13', 2, { scope: 'g:van' })],
        });
        await journal.write({ ...noChange, acked: [acked('tab-14', 3, { generation: 2 })] });
        const ids = async (scope: Scope, generation: number, sinceMs = 0) =>
          (await journal.acked(scope, generation, sinceMs)).map(
            ({ opId, number }) => `${opId} ${number}`,
          );
        same(await ids('g:crew', 1), ['tab-10 7', 'tab-11 7', 'tab-12 7']);
        same(await ids('g:crew', 1, 2), ['tab-12 7']);
        same([await ids('g:van', 1), await ids('g:crew', 2)], [['tab-13 7'], ['tab-14 7']]);
      },
    ),
    fact(
      '[LG17] tells what surely stands up to a place of a log, also where one write brought what stands behind it',
      async (journal) => {
        const own = [3, 4, 5].map((seq) => acked(`tab-1${seq}`, 1, { seq }));
        await journal.write({ ...noChange, acked: own });
        const ids = async (upToSeq?: number) =>
          (await journal.acked('g:crew', 1, 0, upToSeq)).map(({ opId }) => opId).sort();
        same(await ids(4), ['tab-13', 'tab-14']);
        same([await ids(2), await ids()], [[], ['tab-13', 'tab-14', 'tab-15']]);
      },
    ),
    fact(
      '[LG17] lets go of what a log has taken a day ago, and of what a cleared scope had',
      async (journal) => {
        const dayMs = 24 * 60 * 60 * 1_000;
        await journal.write({
          ...noChange,
          acked: [acked('tab-10', 1), acked('tab-11', 1, { scope: 'g:van' })],
        });
        await journal.write({ ...noChange, acked: [acked('tab-12', dayMs + 2)] });
        same((await journal.acked('g:crew', 1, dayMs)).length, 1);
        await journal.write({ ...noChange, clear: ['g:crew'] });
        same((await journal.acked('g:crew', 1, 0)).length, 0);
      },
    ),
    fact(
      '[LG17] puts ops back into the outbox under the numbers that they had',
      async (journal) => {
        await enqueue(journal, entry('a'), entry('b'));
        await journal.write({ ...noChange, remove: [named('a')] });
        await journal.write({ ...noChange, requeue: [numbered(entry('a'), 1)] });
        same((await opsIn(journal)).sort(), ['a 1', 'b 2']);
        same(await enqueue(journal, entry('c')), [3]);
        await journal.write({ ...noChange, remove: [named('a'), named('b')] });
        same(await opsIn(journal), ['c 3']);
      },
    ),
    fact(
      '[LG17] [ST1] keeps nothing waiting that came back and was taken again within one write',
      async (journal) => {
        await enqueue(journal, entry('a'), entry('b'));
        await journal.write({ ...noChange, remove: [named('a'), named('b')] });
        const requeue = [numbered(entry('a'), 1), numbered(entry('b'), 2)];
        await journal.write({ ...noChange, requeue, remove: [named('a')] });
        same(await opsIn(journal), ['b 2']);
      },
    ),
  ];
}

/** An op that a log has; ids that travel end with a figure. */
function acked(opId: OpId, atMs: number, more: Partial<AckedOp> = {}): AckedOp {
  const { op } = numbered(entry(opId), 7);
  return { scope: 'g:crew', generation: 1, seq: 5, op, atMs, ...more };
}
