import { foldCommit, foldVersion } from '../../sdk/merge/fold.ts';
import { decodeSnapshot } from '../../sdk/merge/snapshot.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { Codec } from '../ports/codec.ts';
import type { LogsStore, StoredSnapshot } from '../ports/store.ts';
import { emptyView, type View } from './view.ts';

const commitsPerRead = 200;

export interface LoadedView {
  readonly view: View;
  /** What the view was built on, where it can still be given to others. */
  readonly snapshot: StoredSnapshot | undefined;
  /** The state at the snapshot, and the ops that came after it. */
  readonly from: ScopeState;
  readonly tail: readonly Op[];
}

/** Folds a whole log: its snapshot and what came after. */
export async function loadView(store: LogsStore, codec: Codec, scope: Scope): Promise<LoadedView> {
  const snapshot = await usableSnapshot(store, scope);
  const start = snapshot ? await opened(codec, scope, snapshot) : emptyView(scope);
  const { view, tail } = await catchUp(store, scope, start);
  return { view, snapshot, from: start.state, tail };
}

/** Folds what the log has beyond the view, by whomever it was written. */
export async function catchUp(
  store: LogsStore,
  scope: Scope,
  from: View,
): Promise<{ view: View; tail: readonly Op[] }> {
  let view = from;
  const tail: Op[] = [];
  for (;;) {
    const commits = await store.log.read(scope, view.seq, commitsPerRead);
    for (const commit of commits) {
      if (commit.seq !== view.seq + 1) {
        throw new Error(`The log of ${scope} has a gap: ${view.seq} is followed by ${commit.seq}`);
      }
      view = withCommit(view, commit, foldCommit(view.state, commit));
      for (const op of opsOf(commit)) tail.push(op);
    }
    if (commits.length < commitsPerRead) return { view, tail };
  }
}

export function withCommit(view: View, commit: Commit, state: ScopeState): View {
  const { generation, seq, count, hash, atMs } = commit;
  return { ...view, state, generation, seq: seq + count - 1, hash, atMs };
}

/** A snapshot of another fold version is of no use while the log still has everything from the start. */
async function usableSnapshot(store: LogsStore, scope: Scope): Promise<StoredSnapshot | undefined> {
  const snapshot = await store.snapshots.get(scope);
  if (!snapshot || snapshot.foldVersion === foldVersion) return snapshot;
  const head = await store.log.head(scope);
  if (!head || head.firstSeq === 1) return undefined;
  throw new Error(
    `The snapshot of ${scope} has fold version ${snapshot.foldVersion}, this server has ${foldVersion}, and the log before it is trimmed`,
  );
}

async function opened(codec: Codec, scope: Scope, snapshot: StoredSnapshot): Promise<View> {
  const {
    cursor: [generation, seq, hash],
    atMs,
  } = snapshot;
  const json: unknown = JSON.parse(await codec.inflate(snapshot.bytes));
  return { state: decodeSnapshot(scope, json), generation, seq, hash, atMs };
}
