import type { SyncMetrics } from './status.ts';

/** What `jamz.metrics()` counts, since this replica was opened. */
export class Counters {
  acked = 0;
  refused = 0;
  retries = 0;
  conflicts = 0;
  cacheHits = 0;
  cacheMisses = 0;
  syncLatencyMs: number | null = null;
  #linkUpAtMs: number | null = null;

  linkUp(nowMs: number): void {
    this.#linkUpAtMs = nowMs;
  }

  synced(nowMs: number): void {
    if (this.#linkUpAtMs === null) return;
    this.syncLatencyMs = nowMs - this.#linkUpAtMs;
    this.#linkUpAtMs = null;
  }

  read(outboxLength: number): SyncMetrics {
    const answered = this.acked + this.refused;
    const lookedUp = this.cacheHits + this.cacheMisses;
    return {
      syncSuccessRate: answered === 0 ? 1 : this.acked / answered,
      retriesBeforeSuccess: this.acked === 0 ? 0 : this.retries / this.acked,
      outboxLength,
      cacheHitRate: lookedUp === 0 ? 1 : this.cacheHits / lookedUp,
      syncLatencyMs: this.syncLatencyMs,
      conflictRate: answered === 0 ? 0 : this.conflicts / answered,
    };
  }
}
