import type { Commit } from '../protocol/wire.ts';
import type { PendingOp } from './pending-op.ts';
import type { ScopeReplica } from './scope-replica.ts';

/** Confirmed state moved on, by these commits or, where they are null, by a snapshot; `own` ops are in it now. */
export type Took = (
  scope: ScopeReplica,
  commits: readonly Commit[] | null,
  own: readonly PendingOp[],
) => void;
