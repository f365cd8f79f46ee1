import { emptyState } from '../../sdk/merge/fold.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Cursor } from '../../sdk/protocol/wire.ts';
import type { Generation } from '../ports/store.ts';

/** What one log folds to, up to a place in it. Never changed: a commit makes the next one. */
export interface View {
  readonly state: ScopeState;
  readonly generation: number;
  /** 0 while the log is empty. */
  readonly seq: number;
  /** Of the commit that ends at `seq`; empty while the log is. */
  readonly hash: string;
  /** Server's time of the last commit. */
  readonly atMs: number;
  /** Where the log was wound back, oldest first. */
  readonly forks: readonly Generation[];
  /** The first place that the log still has, as far as this process has heard. */
  readonly firstSeq: number;
}

/** Before the first op: nothing folded. */
export function emptyView(scope: Scope): View {
  return {
    state: emptyState(scope),
    generation: 1,
    seq: 0,
    hash: '',
    atMs: 0,
    forks: [],
    firstSeq: 1,
  };
}

/**
 * Whether a replica that stands there has to pull before its ops mean anything here: it follows another generation, it
 * has what this log has lost, or what it has is older than what the log still has.
 */
export function isAstray(cursor: Cursor | undefined, view: View): boolean {
  if (!cursor) return false;
  const [generation, seq, hash] = cursor;
  if (generation !== view.generation || seq > view.seq) return true;
  return (seq === view.seq && hash !== view.hash) || seq < view.firstSeq - 1;
}

export function cursorOf({ generation, seq, hash }: View): Cursor {
  return [generation, seq, hash];
}
