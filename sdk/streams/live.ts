import type { Observable } from 'rxjs';

/** A stream that replays its latest value to each subscriber and offers it as `value`; never errors; completes when the replica is closed. */
export interface Live<T> extends Observable<T> {
  readonly value: T;
}
