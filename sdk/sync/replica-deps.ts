import type { JamzError } from '../protocol/errors.ts';
import type { Scope, UserId } from '../protocol/ids.ts';
import type { Commit } from '../protocol/wire.ts';
import type { Counters } from './counters.ts';
import type { EncodeSnapshot } from './kept-state.ts';
import type { Ledger } from './ledger.ts';
import type { LocalCheck } from './local-check.ts';
import type { PendingOp } from './pending-op.ts';
import type { Scheduler } from './scheduler.ts';
import type { Stamps } from './stamps.ts';
import type { Took } from './took.ts';

export interface ReplicaDeps {
  readonly userId: UserId;
  readonly stamps: Stamps;
  readonly ledger: Ledger;
  readonly scheduler: Scheduler;
  readonly serverNowMs: () => number;
  readonly counters: Counters;
  readonly check: LocalCheck;
  /** How a state is written down; comes with the first that is, where it is not given. */
  readonly encodeSnapshot?: EncodeSnapshot | undefined;
}

export interface ReplicaEvents {
  /** What is shown of a scope, or the figures about it, changed. */
  changed(scope: Scope): void;
  /** Something may be sent. */
  sendable(): void;
  readonly took?: Took | undefined;
  /** For the other tabs of this browser, where there are any. */
  readonly relay?: ReplicaRelay | undefined;
}

/** What other tabs have to be told, so that all show the same. */
export interface ReplicaRelay {
  queued(ops: readonly PendingOp[]): void;
  folded(scope: Scope, commits: readonly Commit[]): void;
  replaced(scope: Scope): void;
  /** An upload that it names has its file id by now. */
  rewritten(pending: PendingOp): void;
  applied(pending: PendingOp): void;
  setAside(pending: PendingOp, error: JamzError): void;
  /** Discarded, or issued anew under another id. */
  left(pending: PendingOp): void;
}
