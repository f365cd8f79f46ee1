import { foldCommit } from '../../sdk/merge/fold.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { Codec } from '../ports/codec.ts';
import type { Generation, LogHead, LogsStore, StoredSnapshot } from '../ports/store.ts';
import { countsUpTo } from './generations.ts';
import { openSnapshot } from './open-snapshot.ts';
import { emptyView, type View } from './view.ts';

const commitsPerRead = 200;
/** How often a log may be trimmed under a reader before that counts as damage. */
const maxAttempts = 5;

export interface LoadedView {
  readonly view: View;
  /** What the view was built on, where it can still be given to others. */
  readonly snapshot: StoredSnapshot | undefined;
  /** The state at the snapshot, and the ops that came after it. */
  readonly from: ScopeState;
  readonly tail: readonly Op[];
}

/**
 * Folds a whole log: the snapshot that is furthest on, and what came after. Where that one cannot be opened the base
 * is, with more of the log behind it; a log that is whole needs neither.
 *
 * @param onDamage told of a snapshot that could not be opened
 * @throws {Error} when nothing that is kept gives the state at the beginning of the kept log
 */
export async function loadView(
  store: LogsStore,
  codec: Codec,
  scope: Scope,
  onDamage: (error: unknown) => void = () => {},
): Promise<LoadedView> {
  for (let attempt = 1; ; attempt++) {
    const head = await store.log.head(scope);
    const start = await startOf(store, codec, scope, head, onDamage);
    const reached = start && (await catchUp(store, scope, start.view));
    if (start && reached) {
      const { view, tail } = reached;
      // A log that was wound back and has not gone on since has no commit of its generation yet.
      const generation = Math.max(view.generation, head?.generation ?? 1);
      const { snapshot, forks, view: from } = start;
      const firstSeq = head?.firstSeq ?? 1;
      return { view: { ...view, generation, forks, firstSeq }, snapshot, from: from.state, tail };
    }
    // It was trimmed while it was read: what that trimming stands on is there now.
    if (attempt === maxAttempts) {
      throw new Error(`The log of ${scope} is trimmed, and no snapshot leads to what is left`);
    }
  }
}

/**
 * Folds what the log has beyond the view, by whomever it was written.
 *
 * @param upTo folds no commit that ends behind it; default all
 * @returns undefined where what follows the view is no longer there
 */
export async function catchUp(
  store: LogsStore,
  scope: Scope,
  from: View,
  upTo: number = Number.MAX_SAFE_INTEGER,
  pause: () => Promise<void> = async () => {},
): Promise<{ view: View; tail: readonly Op[] } | undefined> {
  let view = from;
  const tail: Op[] = [];
  for (;;) {
    const commits = await store.log.read(scope, view.seq, commitsPerRead);
    for (const commit of commits) {
      if (commit.seq !== view.seq + 1) return undefined;
      if (commit.seq + commit.count - 1 > upTo) return { view, tail };
      view = withCommit(view, commit, foldCommit(view.state, commit));
      for (const op of opsOf(commit)) tail.push(op);
    }
    if (commits.length < commitsPerRead) return isWhole(view, store, scope, tail);
    await pause();
  }
}

/** Nothing more to read is the end of the log only where the head is not beyond: it may all be trimmed. */
async function isWhole(
  view: View,
  store: LogsStore,
  scope: Scope,
  tail: readonly Op[],
): Promise<{ view: View; tail: readonly Op[] } | undefined> {
  const head = await store.log.head(scope);
  return head && head.firstSeq > view.seq + 1 ? undefined : { view, tail };
}

export function withCommit(view: View, commit: Commit, state: ScopeState): View {
  const { generation, seq, count, hash, atMs } = commit;
  return { ...view, state, generation, seq: seq + count - 1, hash, atMs };
}

interface Start {
  readonly view: View;
  readonly snapshot: StoredSnapshot | undefined;
  readonly forks: readonly Generation[];
}

async function startOf(
  store: LogsStore,
  codec: Codec,
  scope: Scope,
  head: LogHead | undefined,
  onDamage: (error: unknown) => void,
): Promise<Start | undefined> {
  if (!head) return { view: emptyView(scope), snapshot: undefined, forks: [] };
  const kept = await Promise.all([
    store.snapshots.get(scope),
    store.snapshots.get(scope, 'base'),
    store.log.generations(scope),
  ]);
  const [newest, base, forks] = kept;
  const usable = [newest, base]
    .flatMap((snapshot) => snapshot ?? [])
    // One that somebody kept of what has been cut out since counts for nothing.
    .filter(({ cursor }) => cursor[1] <= countsUpTo(forks, head, cursor[0]))
    .filter(({ cursor }) => cursor[1] + 1 >= head.firstSeq)
    .sort((a, b) => b.cursor[1] - a.cursor[1]);
  for (const snapshot of usable) {
    try {
      return { view: await openSnapshot(codec, scope, snapshot), snapshot, forks };
    } catch (error) {
      onDamage(error);
    }
  }
  if (head.firstSeq > 1) return undefined;
  return { view: emptyView(scope), snapshot: undefined, forks };
}
