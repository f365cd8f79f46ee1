import { Observable, type Subscriber } from 'rxjs';
import type { Live } from './live.ts';

/** Tells, at most once a turn, that something may have changed; and once, that nothing will any more. */
export type Changes = (onChange: () => void, onEnd: () => void) => () => void;

/**
 * A stream over state that is kept elsewhere: replays the latest value, emits when it is another than the last one
 * given, at most once a turn, and completes when its source ends. Costs nothing while nobody looks.
 */
export class View<T> extends Observable<T> implements Live<T> {
  readonly #read: () => T;

  /** @param read must give the same object as long as nothing changed; see {@link memo} */
  constructor(read: () => T, changes: Changes) {
    super((subscriber: Subscriber<T>) => {
      let last = read();
      subscriber.next(last);
      return changes(
        () => {
          const next = read();
          if (Object.is(next, last)) return;
          last = next;
          subscriber.next(next);
        },
        () => subscriber.complete(),
      );
    });
    this.#read = read;
  }

  get value(): T {
    return this.#read();
  }
}

/** Computes anew only when one of the inputs is another object than last time. */
export function memo<Inputs extends unknown[] | [], T>(
  inputs: () => Inputs,
  compute: (...inputs: Inputs) => T,
): () => T {
  let last: Inputs | undefined;
  let value: T;
  return () => {
    const next = inputs();
    if (!last || next.some((input, index) => !Object.is(input, last?.[index]))) {
      value = compute(...next);
      last = next;
    }
    return value;
  };
}
