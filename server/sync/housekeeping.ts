import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Codec } from '../ports/codec.ts';
import type { LogsStore } from '../ports/store.ts';
import { fillArchive } from './archive.ts';
import { compact, type Kept } from './compaction.ts';
import { LruMap } from './lru-map.ts';
import { openSnapshot } from './open-snapshot.ts';
import { pruningOf, type Unpruned } from './pruning.ts';
import type { ScopeLogs } from './scope-logs.ts';
import { createSerial } from './serial.ts';
import type { View } from './view.ts';

export interface HousekeepingDeps {
  readonly store: LogsStore;
  readonly logs: ScopeLogs;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Calls back when the turn is over. */
  readonly afterTurn: (run: () => void) => void;
  readonly onBug: (error: unknown) => void;
  /** What stays of a log; default 30 days and 10,000 ops. */
  readonly kept?: Kept;
  /** What is never pruned; default an hour and 500 ops. */
  readonly unpruned?: Unpruned;
  /** Ops of a scope between two looks at it; default 1,000. Fewer than that are not worth trimming, either. */
  readonly everyOps?: number;
}

/** Keeps logs and states from growing for ever: archives, trims and prunes, as work comes in and never by the clock. */
export interface Housekeeping {
  /** Looks at a scope now. */
  tidy(scope: Scope): Promise<void>;
  /** Begins nothing more. Resolves when what was under way is done with the store. */
  close(): Promise<void>;
}

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1_000;
const maxRemembered = 20_000;
/** A state with fewer replicas is not worth reading its base for. */
const manyReplicas = 60;

export function createHousekeeping(deps: HousekeepingDeps): Housekeeping {
  const { store, logs, codec, clock, afterTurn, onBug } = deps;
  const { kept = { ops: 10_000, ms: thirtyDaysMs }, everyOps = 1_000 } = deps;
  const lookedAt = new LruMap<Scope, number>(maxRemembered);
  const due = new Set<Scope>();
  // One scope at a time: this is never urgent.
  const serial = createSerial();
  const pause = () => new Promise<void>((resolve) => afterTurn(resolve));
  let closed = false;

  const baseOf = async (scope: Scope): Promise<View | undefined> => {
    const base = await store.snapshots.get(scope, 'base');
    return base && openSnapshot(codec, scope, base);
  };

  const tidy = async (scope: Scope): Promise<void> => {
    const nowMs = clock.nowMs();
    await fillArchive(store, scope, pause, await logs.viewOf(scope));
    if (closed) return;
    const trimmed = await compact({ store, codec, pause }, scope, kept, nowMs, everyOps);
    if (closed) return;
    const head = await store.log.head(scope);
    const view = await logs.viewOf(scope);
    if (!head) return;
    const base =
      view.state.applied.size < manyReplicas ? undefined : (trimmed ?? (await baseOf(scope)));
    const decide = await pruningOf(store, scope, head, base, nowMs, deps.unpruned);
    if (decide && decide(view.state).length > 0) await logs.appendServerOps(scope, decide);
  };

  const unsubscribe = logs.onCommitted((scope, view, hasMore) => {
    const last = lookedAt.get(scope);
    if (hasMore || due.has(scope) || (last !== undefined && view.seq - last < everyOps)) return;
    lookedAt.set(scope, view.seq);
    due.add(scope);
    serial(async () => {
      due.delete(scope);
      if (!closed) await tidy(scope);
    }).catch(onBug);
  });

  return {
    tidy: (scope) => serial(() => tidy(scope)),
    close() {
      closed = true;
      unsubscribe();
      return serial(async () => {});
    },
  };
}
