import type { Scope } from '../../sdk/protocol/ids.ts';
import type { ArchivedMessage, Store } from '../ports/store.ts';
import { fillArchive } from '../sync/archive.ts';

/** More than anybody reads along a drive. */
const maxMessages = 2_000;
const perPage = 200;

/**
 * What was written in a group in a span, the oldest first: the first 2,000, each as its author last left it. The archive
 * is looked up by place; the log's time never runs backwards, so that the place of a time is found by halving.
 */
export async function messagesIn(
  store: Pick<Store, 'log' | 'archive'>,
  scope: Scope,
  fromMs: number,
  untilMs: number,
): Promise<readonly ArchivedMessage[]> {
  await fillArchive(store, scope);
  const endSeq = (await store.archive.filledTo(scope)) + 1;
  const beginSeq = await placeOf(store, scope, fromMs, endSeq);
  let seq = await placeOf(store, scope, untilMs + 1, endSeq);
  let found: ArchivedMessage[] = [];
  while (seq > beginSeq) {
    const page = await store.archive.before(scope, seq, perPage);
    const within = page.filter((message) => message.seq >= beginSeq);
    // The earliest are kept: what came first on a drive is not cut for what came last.
    found = [...within.toReversed(), ...found].slice(0, maxMessages);
    seq = page.length < perPage ? beginSeq : Math.max(beginSeq, page.at(-1)?.seq ?? beginSeq);
  }
  return found;
}

/** The first place of which all messages before were sent before that time. */
async function placeOf(
  { archive }: Pick<Store, 'archive'>,
  scope: Scope,
  atMs: number,
  endSeq: number,
): Promise<number> {
  let low = 0;
  let high = endSeq;
  while (low < high) {
    const middle = Math.floor((low + high) / 2) + 1;
    const [last] = await archive.before(scope, middle, 1);
    if (!last || last.sentAtMs < atMs) low = middle;
    else high = last.seq;
  }
  return high;
}
