import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { LogHead, LogStore } from '../ports/store.ts';

/**
 * The last kept commit of which `isBefore` is true, which must be true of a beginning of the log and false of the
 * rest. Undefined where it is true of none. O(log n) reads; one, where it is true of none.
 */
export async function lastCommitWhere(
  log: LogStore,
  scope: Scope,
  { firstSeq, seq }: Pick<LogHead, 'firstSeq' | 'seq'>,
  isBefore: (commit: Commit) => boolean,
): Promise<Commit | undefined> {
  let [found] = await log.read(scope, firstSeq - 1, 1);
  if (!found || !isBefore(found)) return undefined;
  let low = endOf(found);
  let high = seq;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [commit] = await log.read(scope, middle, 1);
    if (commit && isBefore(commit)) {
      found = commit;
      low = endOf(commit);
    } else high = middle;
  }
  return found;
}

/** The place of a commit's last op. */
export function endOf({ seq, count }: Pick<Commit, 'seq' | 'count'>): number {
  return seq + count - 1;
}
