import type { ErrorCode } from '../protocol/errors.ts';
import type { OpId, ReplicaId, Scope } from '../protocol/ids.ts';
import type { SyncState } from '../sync/machine.ts';
import type { SyncMetrics, SyncStatus } from '../sync/status.ts';

/** One op that waits, or was set aside. */
export interface InspectedOp {
  readonly opId: OpId;
  readonly scope: Scope;
  readonly type: string;
  /** What the person did: "add “Road Song”". */
  readonly summary: string;
  /** Since it was made, by the server's clock as estimated. */
  readonly ageMs: number;
  readonly stage: 'new' | 'ready' | 'sent' | 'acked' | 'done';
  /** 0 goes first. */
  readonly priority: number;
  /** Answers that were neither yes nor no; five set it aside. */
  readonly attempts: number;
  /** Ops that have to be there before it. */
  readonly dependsOn: readonly OpId[];
  /** Why it was set aside; null while it waits. */
  readonly reason: { readonly code: ErrorCode; readonly message: string } | null;
}

/** How far one log has come here. */
export interface InspectedScope {
  readonly scope: Scope;
  /** Null until a first state is known. */
  readonly cursor: {
    readonly generation: number;
    readonly seq: number;
    readonly hash: string;
  } | null;
  /** The newest head heard of. */
  readonly headSeq: number;
  readonly pending: number;
}

/** A replica from the inside, at one moment. */
export interface Inspected {
  readonly atMs: number;
  readonly status: SyncStatus;
  readonly replicaId: ReplicaId | null;
  /** Under which this tab leads its browser; the higher term writes. Null where another tab leads. */
  readonly term: number | null;
  /** The first hundred that wait, in the order made, and how many there are. */
  readonly outbox: readonly InspectedOp[];
  readonly waiting: number;
  readonly setAside: readonly InspectedOp[];
  readonly scopes: readonly InspectedScope[];
  /** How far off the estimate of the server's clock may be, one standard deviation; null until known. */
  readonly clockUncertaintyMs: number | null;
  readonly metrics: SyncMetrics;
}

/** The state became another. */
export interface Transition {
  readonly atMs: number;
  readonly state: SyncState;
  readonly pending: number;
}

/** What goes wrong between this replica and its server, for as long as it is set. */
export interface Faults {
  /** Nothing gets through, and the device knows. */
  readonly offline: boolean;
  /** Added to each message, either way. */
  readonly latencyMs: number;
  /** Share of requests that are never answered: 0 … 1. */
  readonly loss: number;
  /** The link stays open and nothing passes. */
  readonly silence: boolean;
  /** The server fails at every request. */
  readonly serverError: boolean;
  /** The server takes the token for an expired one. */
  readonly tokenExpired: boolean;
  /** Something on the way answers in the server's place. */
  readonly captivePortal: boolean;
  /** This device's clock is wrong by so much. */
  readonly clockShiftMs: number;
}

/** A look inside one replica, and a hand on its network. For people who build, not for an app's own use. */
export interface Inspector {
  read(): Inspected;
  /** Since the inspector was opened, the last two hundred, oldest first. */
  readonly transitions: readonly Transition[];
  readonly faults: Faults;
  /** Sets some, keeps the rest. The link is opened anew the first time, so that it passes through here. */
  inject(faults: Partial<Faults>): void;
  /** Ends all faults and stops watching. */
  close(): void;
}
