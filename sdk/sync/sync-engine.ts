import type { ServerTime } from '../clock/server-time.ts';
import type { OpId, Scope } from '../protocol/ids.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import type { EndedScope, LiveMessage, LiveReport, WireGroup } from '../protocol/wire.ts';
import type { Counters } from './counters.ts';
import type { LiveValue } from './live-value.ts';
import type { Replica, Submitted } from './replica.ts';
import type { ScopeReplica } from './scope-replica.ts';
import type { SyncStatus } from './status.ts';
import type { Took } from './took.ts';

/**
 * One tab's part in keeping a replica in step. The tab that leads its browser talks to the server
 * (`engine.ts`); the others follow it (`follower.ts`). Callers need not know which.
 */
export interface SyncEngine {
  readonly replica: Replica;
  readonly time: ServerTime;
  readonly counters: Counters;
  /** Under which it leads its browser's tabs; undefined where it follows. */
  readonly term: number | undefined;
  readonly status$: LiveValue<SyncStatus>;
  start(): void;
  /** Keeps a scope in step from now on. */
  follow(scope: Scope): ScopeReplica;
  submit<Type extends OpType>(scope: Scope, type: Type, payload: Payloads[Type]): Submitted;
  /** Latest-only: dropped where there is no link. */
  report(report: LiveReport): void;
  /** The host's own offline switch. */
  switch(on: boolean): void;
  /** Resolves when SYNCED; tries at once. */
  syncNow(): Promise<void>;
  /** Sends an op that was set aside once more. */
  retry(opId: OpId): void;
  discard(opId: OpId): void;
  close(): Promise<void>;
}

export interface EngineEvents {
  /** What is shown of these scopes changed; at most once a turn. */
  changed(scopes: ReadonlySet<Scope>): void;
  live(message: LiveMessage): void;
  groups(groups: readonly WireGroup[]): void;
  ended(ended: EndedScope): void;
  /** Told by the engine that leads. */
  readonly took?: Took | undefined;
  /** Another tab leads now: this engine is of no more use. */
  deposed?(): void;
}
