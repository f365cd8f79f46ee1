import type { Scope } from '../../sdk/protocol/ids.ts';
import { catchUp } from './advance.ts';
import { baseView, type CompactionDeps } from './compaction.ts';
import { endOf, lastCommitWhere } from './log-places.ts';
import type { View } from './view.ts';

/** What is folded for one look into the past at most: some tenths of a second. */
const maxOps = 50_000;

/**
 * What a log came to at a time in the past, by the server's clock. It folds all that is kept up to there: for what the
 * state of now no longer says.
 *
 * @returns undefined where the log is not kept so far back, or far too much of it would have to be folded
 */
export async function viewAt(
  deps: CompactionDeps,
  scope: Scope,
  atMs: number,
): Promise<View | undefined> {
  const { store, pause } = deps;
  const head = await store.log.head(scope);
  if (!head) return undefined;
  const last = await lastCommitWhere(store.log, scope, head, (commit) => commit.atMs <= atMs);
  if (!last || endOf(last) - head.firstSeq > maxOps) return undefined;
  const from = await baseView(deps, scope, head);
  return from && (await catchUp(store, scope, from, endOf(last), pause))?.view;
}
