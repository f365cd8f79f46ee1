import type { SyncMetrics } from './status.ts';

/** What `jamz.metrics()` counts, since this replica was opened. */
export class Counters {
  acked = 0;
  refused = 0;
  retries = 0;
  cacheHits = 0;
  cacheMisses = 0;
  syncLatencyMs: number | null = null;
  /** Each latency since somebody took them, the last fifty. */
  readonly latenciesMs: number[] = [];
  #overtaken = 0;
  readonly #named = new Set<string>();
  readonly #conflicts = new Set<string>();
  #linkUpAtMs: number | null = null;

  /** A question that the device itself could or could not answer; one that has a name counts once. */
  lookedUp(hit: boolean, name?: string): void {
    if (name !== undefined && this.#named.has(name)) return;
    if (name !== undefined) this.#named.add(name);
    if (hit) this.cacheHits += 1;
    else this.cacheMisses += 1;
  }

  /** Questions and overtaken writes, each once. */
  get conflicts(): number {
    return this.#conflicts.size + this.#overtaken;
  }

  /** The questions open now: each counts once. */
  asked(questions: readonly { readonly conflictId: string }[]): void {
    for (const { conflictId } of questions) this.#conflicts.add(conflictId);
  }

  /** Own writes that a concurrent one overtook. */
  overtaken(count: number): void {
    this.#overtaken += count;
  }

  linkUp(nowMs: number): void {
    this.#linkUpAtMs = nowMs;
  }

  synced(nowMs: number): void {
    if (this.#linkUpAtMs === null) return;
    this.syncLatencyMs = nowMs - this.#linkUpAtMs;
    this.latenciesMs.push(this.syncLatencyMs);
    if (this.latenciesMs.length > 50) this.latenciesMs.shift();
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
