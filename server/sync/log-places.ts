import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { LogHead, LogStore } from '../ports/store.ts';

/**
 * The last kept commit of which `isBefore` is true, which must be true of a beginning of the log and false of the
 * rest. Undefined where it is true of none. O(log n) reads.
 */
export async function lastCommitWhere(
  log: LogStore,
  scope: Scope,
  { firstSeq, seq }: Pick<LogHead, 'firstSeq' | 'seq'>,
  isBefore: (commit: Commit) => boolean,
): Promise<Commit | undefined> {
  let found: Commit | undefined;
  let low = firstSeq - 1;
  let high = seq;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [commit] = await log.read(scope, middle, 1);
    if (commit && isBefore(commit)) {
      found = commit;
      low = commit.seq + commit.count - 1;
    } else high = middle;
  }
  return found;
}

/** The place of a commit's last op. */
export function endOf({ seq, count }: Pick<Commit, 'seq' | 'count'>): number {
  return seq + count - 1;
}
