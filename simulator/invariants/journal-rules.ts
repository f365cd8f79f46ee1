import { has } from '../../sdk/merge/ranges.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import type { JournalWrite, OutboxEntry } from '../../sdk/store/journal.ts';
import { maxAttempts } from '../../sdk/sync/backoff.ts';
import type { Phone } from '../world/phone.ts';
import type { DiskWrite } from '../world/phone-disk.ts';
import type { Book } from './book.ts';
import type { LogRules } from './log-rules.ts';
import type { Breach } from './violation.ts';

/** Watches each transaction of each phone's journal, just before it is durable. */
export class JournalRules {
  readonly #book: Book;
  readonly #logs: LogRules;
  readonly #breach: Breach;

  constructor(book: Book, logs: LogRules, breach: Breach) {
    this.#book = book;
    this.#logs = logs;
    this.#breach = breach;
  }

  written(phone: Phone, { change, numbers, byLeader }: DiskWrite): void {
    const { contents } = phone.disk;
    const { update, remove, commits, snapshots, clear } = change;
    if (!byLeader && [update, remove, commits, snapshots, clear].some(({ length }) => length > 0)) {
      this.#breach('one leader', `${phone.userId} writes in a tab that leads no more`);
    }
    change.enqueue.forEach(({ scope, op }, index) => {
      this.#book.numbered(scope, op.replicaId, numbers[index] ?? 0, op.opId);
    });
    this.#reissues(contents.outbox, change);
    for (const { op } of change.enqueue) {
      const deed = this.#book.find(op.opId);
      if (deed) deed.stored = true;
    }
    for (const { scope, opId } of change.remove) {
      const entry = contents.outbox.get(opId);
      if (!entry || entry.setAside || this.#isReissued(opId)) continue;
      if (this.#isGivenUp(opId)) continue;
      // Set aside and discarded before a slow disk had written the one, it does both at once.
      if (update.some(({ op, setAside }) => op.opId === opId && setAside)) continue;
      if (!this.#isCovered(phone, entry, change)) {
        this.#breach('kept until covered', `${phone.userId} drops ${opId} of ${scope}`);
      }
    }
    for (const scope of change.clear) {
      for (const entry of contents.outbox.values()) {
        const touched = change.update.some(({ op }) => op.opId === entry.op.opId);
        const removed = change.remove.some(({ opId }) => opId === entry.op.opId);
        if (entry.scope !== scope || entry.setAside || touched || removed) continue;
        if (this.#logs.wasIn(entry.op.opId)) continue;
        this.#breach('kept until covered', `${phone.userId} clears ${entry.op.opId} of ${scope}`);
      }
    }
    for (const scope of change.clear) this.#book.forgets(phone, scope);
    for (const entry of change.update) this.#checkSetAside(phone, entry);
  }

  /** An entry that goes while one with its very payload comes is the same deed, issued anew. */
  #reissues(outbox: ReadonlyMap<string, OutboxEntry>, change: JournalWrite): void {
    for (const { opId } of change.remove) {
      const entry = outbox.get(opId);
      // Who does the same thing twice has done it twice: the first is in the log by now.
      if (!entry || this.#logs.has(opId)) continue;
      const anew = change.enqueue.find(
        ({ scope, op }) =>
          scope === entry.scope &&
          op.type === entry.op.type &&
          isSame(op.payload, entry.op.payload),
      );
      if (anew) this.#book.reissued(opId, anew.op.opId);
    }
  }

  #isReissued(opId: string): boolean {
    const deed = this.#book.find(opId);
    return deed !== undefined && deed.opId !== opId;
  }

  /** Acknowledged, and cut out of a log that does not want it back. */
  #isGivenUp(opId: string): boolean {
    const deed = this.#book.find(opId);
    return deed?.wasCut === true && deed.outcome === 'acked' && !this.#logs.has(opId);
  }

  #isCovered(phone: Phone, { scope, op }: OutboxEntry, change: JournalWrite): boolean {
    const { contents } = phone.disk;
    const isOp = (commit: Parameters<typeof opsOf>[0]): boolean =>
      opsOf(commit).some(({ opId }) => opId === op.opId);
    if (change.commits.some((folded) => folded.scope === scope && isOp(folded.commit))) return true;
    if (change.clear.includes(scope) && this.#logs.wasIn(op.opId)) return true;
    for (const commit of contents.commits.get(scope)?.values() ?? []) if (isOp(commit)) return true;
    const folds = change.snapshots.filter((fold) => fold.scope === scope).map(({ fold }) => fold);
    const known = contents.folds.get(scope);
    return [...folds, ...(known ? [known] : [])].some(({ json }) => appliedIn(json, op));
  }

  #checkSetAside(phone: Phone, { op, setAside, dependsOn }: OutboxEntry): void {
    const deed = this.#book.find(op.opId);
    if (!setAside || !deed) return;
    const { refused, retries } = deed.answers;
    if (refused > 0 || retries >= maxAttempts || dependsOn.length > 0) return;
    if (['removed', 'gone', 'forbidden', 'not-found'].includes(setAside.code)) return;
    this.#breach(
      'attempts are answers',
      `${phone.userId} sets ${op.opId} (${op.type}) aside, “${setAside.message}”, after ${retries} answers`,
    );
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function appliedIn(json: unknown, op: OutboxEntry['op']): boolean {
  const { applied } = json as { readonly applied: readonly (readonly (string | number)[])[] };
  const row = applied.find(([replicaId]) => replicaId === op.replicaId);
  const ranges: [number, number][] = [];
  for (let at = 1; at < (row?.length ?? 0); at += 2) {
    ranges.push([Number(row?.[at]), Number(row?.[at + 1])]);
  }
  return has(ranges, op.number);
}
