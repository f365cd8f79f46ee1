import { foldVersion } from '../../sdk/merge/fold.ts';
import { encodeSnapshot, stateHash } from '../../sdk/merge/snapshot.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Codec } from '../ports/codec.ts';
import type { LogHead, LogsStore, StoredSnapshot } from '../ports/store.ts';
import { catchUp } from './advance.ts';
import { fillArchive } from './archive.ts';
import { endOf, lastCommitWhere } from './log-places.ts';
import { openSnapshot } from './open-snapshot.ts';
import { cursorOf, emptyView, type View } from './view.ts';

export interface CompactionDeps {
  readonly store: LogsStore;
  readonly codec: Codec;
  /** Lets others have a turn. */
  readonly pause: () => Promise<void>;
}

export interface Kept {
  /** The newest ops that stay, whatever their age. */
  readonly ops: number;
  /** What is younger stays, however much it is. */
  readonly ms: number;
}

/**
 * Trims a log behind a base snapshot that was written and read back. The base ends exactly where the kept log begins,
 * so that the state at every place that is still in the log can be had from both.
 *
 * Several processes may do this at once: the base is replaced only by one further on, and who finds another one than
 * its own trims nothing.
 *
 * @param slackOps not worth the work for fewer
 * @returns where the kept log ends now to be whole, and what it came to there; undefined where nothing was trimmed
 */
export async function compact(
  deps: CompactionDeps,
  scope: Scope,
  kept: Kept,
  nowMs: number,
  slackOps: number,
): Promise<View | undefined> {
  const { store, pause } = deps;
  const head = await store.log.head(scope);
  if (!head || head.seq - kept.ops - head.firstSeq + 1 < slackOps) return undefined;
  const last = await lastCommitWhere(
    store.log,
    scope,
    head,
    (commit) => endOf(commit) <= head.seq - kept.ops && commit.atMs <= nowMs - kept.ms,
  );
  if (!last || endOf(last) - head.firstSeq + 1 < slackOps) return undefined;

  const from = await baseView(deps, scope, head);
  const reached = from && (await catchUp(store, scope, from, endOf(last), pause));
  if (!reached || reached.view.seq !== endOf(last)) return undefined;
  const { view } = reached;
  if (!(await isKept(deps, scope, view))) return undefined;
  await fillArchive(store, scope, pause);
  await store.log.trim(scope, view.seq, nowMs);
  return view;
}

/** What the log came to where the kept part of it begins. */
export async function baseView(
  { store, codec }: CompactionDeps,
  scope: Scope,
  head: LogHead,
): Promise<View | undefined> {
  if (head.firstSeq === 1) return emptyView(scope);
  const base = await store.snapshots.get(scope, 'base');
  return base && base.cursor[1] + 1 >= head.firstSeq ? openSnapshot(codec, scope, base) : undefined;
}

/** Writes a base, reads it back, decodes it, and compares: only what passes stands for the ops that it replaces. */
export async function isKept(
  { store, codec }: Pick<CompactionDeps, 'store' | 'codec'>,
  scope: Scope,
  view: View,
): Promise<boolean> {
  const bytes = await codec.deflate(JSON.stringify(encodeSnapshot(view.state)));
  const made: StoredSnapshot = { cursor: cursorOf(view), atMs: view.atMs, foldVersion, bytes };
  await store.snapshots.put(scope, made, 'base');
  const back = await store.snapshots.get(scope, 'base');
  if (!back || back.cursor.join() !== made.cursor.join()) return false;
  const { state } = await openSnapshot(codec, scope, back);
  if (stateHash(state) === stateHash(view.state)) return true;
  throw new Error(
    `The base snapshot of ${scope} at ${view.seq} was not read back as it was written`,
  );
}
