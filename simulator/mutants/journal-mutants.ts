import { numbersIn } from '../../sdk/protocol/codec.ts';
import type { PushAnswer, PushMessage } from '../../sdk/protocol/wire.ts';
import { type JournalWrite, noChange } from '../../sdk/store/journal.ts';
import type { Mutant } from './mutant.ts';

/** Bugs of what a phone keeps. */
export const journalMutants: readonly Mutant[] = [
  {
    name: 'number-reused-after-crash',
    bug: 'Numbers go on from the highest that still waits, not from the highest given.',
    phone: {
      journal: (journal, { disk }) => ({
        ...journal,
        load() {
          const { numbers, outbox } = disk.contents;
          for (const scope of numbers.keys()) {
            const waiting = [...outbox.values()].filter((entry) => entry.scope === scope);
            numbers.set(scope, Math.max(0, ...waiting.map(({ op }) => op.number)));
          }
          return journal.load();
        },
      }),
    },
  },
  {
    name: 'stored-before-durable',
    bug: 'The journal gives numbers before its transaction is complete.',
    phone: {
      journal(journal, { disk }) {
        const ahead = new Map<string, number>();
        return {
          ...journal,
          write(change, term) {
            journal.write(change, term).catch(() => {});
            const numbers = change.enqueue.map(({ scope }) => {
              const last = Math.max(ahead.get(scope) ?? 0, disk.contents.numbers.get(scope) ?? 0);
              ahead.set(scope, last + 1);
              return last + 1;
            });
            return Promise.resolve(numbers);
          },
        };
      },
    },
  },
  {
    name: 'torn-journal',
    bug: 'What left the outbox and what was folded are written in two transactions.',
    phone: {
      journal: (journal) => ({
        ...journal,
        async write(change, term) {
          const { remove, ...rest } = change;
          if (remove.length > 0) await journal.write({ ...noChange, remove }, term);
          return journal.write({ ...rest, remove: [] }, term);
        },
      }),
    },
  },
  {
    name: 'full-disk-swallowed',
    bug: 'A write that fails for want of room is taken for one that was made.',
    phone: {
      journal(journal, { disk }) {
        let lost = 0;
        return {
          ...journal,
          write: (change, term) =>
            journal.write(change, term).catch(() =>
              change.enqueue.map(({ scope }) => {
                lost += 1;
                return (disk.contents.numbers.get(scope) ?? 0) + lost;
              }),
            ),
        };
      },
    },
  },
  {
    name: 'trimmed-on-ack',
    bug: 'An op leaves the outbox when it is acknowledged, not when the cursor covers it.',
    phone: trimming(),
  },
  {
    name: 'ended-scope-kept',
    bug: 'A group that ended is not cleared from the device.',
    phone: {
      journal: (journal) => ({
        ...journal,
        write: (change, term) => journal.write({ ...change, clear: [] }, term),
      }),
    },
  },
  {
    name: 'same-ids-every-run',
    bug: 'Each start of the app names its ops as the start before did.',
    phone: { chance: () => 'run' },
  },
];

function trimming(): NonNullable<Mutant['phone']> {
  const acked = new WeakMap<object, { scope: `g:${string}` | `u:${string}`; opId: string }[]>();
  return {
    link: (link, { disk }) => ({
      close: () => link.close(),
      async request<T>(event: string, payload: unknown, timeoutMs: number): Promise<T> {
        const answer = await link.request<T>(event, payload, timeoutMs);
        if (event !== 'push') return answer;
        const { applied, scope } = answer as PushAnswer;
        const numbers = new Set(numbersIn(applied));
        const ids = (payload as PushMessage).runs.flatMap(({ stamperId, ops }) =>
          ops
            .filter(([number]) => numbers.has(number))
            .map(([, counter]) => `${stamperId}-${counter}`),
        );
        acked.set(disk, [...(acked.get(disk) ?? []), ...ids.map((opId) => ({ scope, opId }))]);
        return answer;
      },
    }),
    journal: (journal, { disk }) => ({
      ...journal,
      async write(change: JournalWrite, term) {
        const early = acked.get(disk) ?? [];
        acked.delete(disk);
        if (early.length > 0) await journal.write({ ...noChange, remove: early }, term);
        return journal.write(change, term);
      },
    }),
  };
}
