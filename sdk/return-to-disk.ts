import type { Journal } from './store/journal.ts';
import type { Scheduler } from './sync/scheduler.ts';
import type { SyncEngine } from './sync/sync-engine.ts';

export interface DiskReturn {
  readonly engine: SyncEngine;
  readonly after: Scheduler['after'];
  /** The journal that failed, opened anew. */
  readonly openJournal: () => Journal;
  /** False once another engine runs: then there is nothing to come back from. */
  readonly isCurrent: () => boolean;
  /** Starts an engine on the journal in this one's place. */
  readonly restart: () => void;
}

const firstWaitMs = 60_000;
const longestWaitMs = 30 * 60_000;

/**
 * A replica whose storage failed lives in memory. A full disk is cleaned up and a lost database comes back: it looks
 * again, less and less often, and goes back once the journal can be written and nothing waits in memory only.
 */
export function returnToDisk(from: DiskReturn, waitMs: number = firstWaitMs): void {
  const again = (nextMs: number): void => returnToDisk(from, Math.min(nextMs, longestWaitMs));
  from.after(waitMs, async () => {
    if (!from.isCurrent()) return;
    const { pending, setAside } = from.engine.status$.value;
    if (pending + setAside > 0) return again(waitMs);
    const journal = from.openJournal();
    try {
      await journal.lead();
    } catch {
      again(2 * waitMs);
      return;
    } finally {
      await journal.close().catch(() => {});
    }
    if (from.isCurrent()) from.restart();
  });
}
