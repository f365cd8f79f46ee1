import type { JamzError } from '../protocol/errors.ts';
import { LiveValue } from './live-value.ts';
import { initialSyncState, nextSyncState, type SyncEvent, type SyncState } from './machine.ts';
import { restingStatus, type SyncStatus } from './status.ts';

/** The figures of the status that are kept elsewhere. */
export type Figures = Omit<SyncStatus, 'state' | 'lastSyncedAt' | 'error'>;

/** How old the time of the last step may be in what is told. */
const tellSyncedEveryMs = 1_000;

/** The state machine at work: what it is now, why, since when, and who waits for it to be SYNCED. */
export class SyncStateTeller {
  readonly status$: LiveValue<SyncStatus>;
  readonly #waiting = new Set<{ resolve(): void; reject(error: JamzError): void }>();
  #state: SyncState = initialSyncState;
  #error: JamzError | null = null;
  #lastSyncedAtMs: number | null = null;

  constructor(leader: boolean) {
    this.status$ = new LiveValue({ ...restingStatus, leader });
  }

  get state(): SyncState {
    return this.#state;
  }

  apply(event: SyncEvent, error: JamzError | null = null): void {
    this.#state = nextSyncState(this.#state, event);
    this.#error = this.#state === 'ERROR' ? (error ?? this.#error) : null;
  }

  /** @returns true when this step made it SYNCED */
  judge(inStep: boolean, nowMs: number): boolean {
    const before = this.#state;
    this.apply(inStep ? 'caught-up' : 'behind');
    if (this.#state !== 'SYNCED') return false;
    this.#lastSyncedAtMs = nowMs;
    this.release();
    return before !== 'SYNCED';
  }

  /** Resolves at the next SYNCED; rejects with what stood in the way. */
  nextSynced(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.add({ resolve, reject });
    });
  }

  release(error?: JamzError): void {
    for (const waiter of this.#waiting) {
      if (error) waiter.reject(error);
      else waiter.resolve();
    }
    this.#waiting.clear();
  }

  /** Emits only when something differs. */
  tell(figures: Figures): void {
    const last = this.status$.value;
    const next: SyncStatus = {
      ...figures,
      state: this.#state,
      lastSyncedAt: this.#lastSyncedAtMs,
      error: this.#error && { code: this.#error.code, message: this.#error.message },
    };
    for (const key in next) {
      const name = key as keyof SyncStatus;
      if (isOther(name, next, last)) {
        this.status$.next(next);
        return;
      }
    }
  }

  close(error: JamzError): void {
    this.release(error);
    this.status$.complete();
  }
}

function isOther(name: keyof SyncStatus, next: SyncStatus, last: SyncStatus): boolean {
  if (name === 'error') {
    return next.error?.code !== last.error?.code || next.error?.message !== last.error?.message;
  }
  // While others write it would be another with each of their ops.
  if (name === 'lastSyncedAt') {
    return Math.abs((next.lastSyncedAt ?? 0) - (last.lastSyncedAt ?? 0)) >= tellSyncedEveryMs;
  }
  return next[name] !== last[name];
}
