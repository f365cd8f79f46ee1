import { emptyState } from '../../sdk/merge/fold.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Cursor } from '../../sdk/protocol/wire.ts';

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
}

/** Before the first op: generation 1, nothing folded. */
export function emptyView(scope: Scope): View {
  return { state: emptyState(scope), generation: 1, seq: 0, hash: '', atMs: 0 };
}

export function cursorOf({ generation, seq, hash }: View): Cursor {
  return [generation, seq, hash];
}
