import { Observable, type Subscriber } from 'rxjs';

interface Held<T> {
  readonly subscribers: Set<Subscriber<T>>;
  value: T;
  closed: boolean;
}

/**
 * A value that is set now and then, as a stream: replays the latest to each subscriber, emits whatever is set, equal or
 * not, and completes when it is told to; never errors. RxJS's BehaviorSubject does the same and more; every page would
 * load the rest of it, too.
 */
export class LiveValue<T> extends Observable<T> {
  readonly #held: Held<T>;

  constructor(value: T) {
    const held: Held<T> = { subscribers: new Set(), value, closed: false };
    super((subscriber) => {
      // Before it hears the first value: what it does then may set the next one.
      held.subscribers.add(subscriber);
      subscriber.next(held.value);
      if (held.closed) subscriber.complete();
      return () => held.subscribers.delete(subscriber);
    });
    this.#held = held;
  }

  get value(): T {
    return this.#held.value;
  }

  /** After {@link complete}: what is set then is dropped. */
  get closed(): boolean {
    return this.#held.closed;
  }

  next(value: T): void {
    const held = this.#held;
    if (held.closed) return;
    held.value = value;
    for (const subscriber of [...held.subscribers]) subscriber.next(value);
  }

  complete(): void {
    const held = this.#held;
    held.closed = true;
    for (const subscriber of [...held.subscribers]) subscriber.complete();
  }
}
