import type { ErrorCode } from '../protocol/errors.ts';
import type { SyncState } from './machine.ts';

/** True within two seconds of any change. */
export interface SyncStatus {
  readonly state: SyncState;
  /** Ops made here that the server has not acknowledged. */
  readonly pending: number;
  readonly setAside: number;
  readonly conflicts: number;
  /** When this replica was last in step with the server, ms since 1970 by its own clock; null before the first time. */
  readonly lastSyncedAt: number | null;
  readonly nextRetryAt: number | null;
  /** Whether this tab holds the connection for its browser. */
  readonly leader: boolean;
  /** Server's clock minus this device's, null until measured. */
  readonly clockOffsetMs: number | null;
  readonly roundTripMs: number | null;
  /** In ERROR: what is wrong and what to do. */
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  /**
   * Where the outbox lives: `memory` means that closing the page loses what is pending, and `storageNote` says why.
   * On `disk` the note tells what was kept and cannot be read.
   */
  readonly storage: 'disk' | 'memory';
  readonly storageNote: string | null;
}

export interface SyncMetrics {
  /** Share of ops that were acknowledged, of all answered: 0 … 1; 1 before the first. */
  readonly syncSuccessRate: number;
  readonly retriesBeforeSuccess: number;
  readonly outboxLength: number;
  readonly cacheHitRate: number;
  /** From link up to SYNCED, the last time; null before the first. */
  readonly syncLatencyMs: number | null;
  readonly conflictRate: number;
}

/** Before a replica is opened, and after it is closed. */
export const restingStatus: SyncStatus = {
  state: 'SYNCING',
  pending: 0,
  setAside: 0,
  conflicts: 0,
  lastSyncedAt: null,
  nextRetryAt: null,
  leader: true,
  clockOffsetMs: null,
  roundTripMs: null,
  error: null,
  storage: 'disk',
  storageNote: null,
};
