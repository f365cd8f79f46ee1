/**
 * What stands for RxJS's own `Observable` in the files for pages, where every byte counts: the SDK's streams need no
 * more of RxJS. It does what RxJS's does, and any copy of RxJS takes it: `pipe` with that copy's operators, `from`,
 * `firstValueFrom`. Two things are otherwise: there is no `toPromise`, and what a teardown throws is reported like what
 * an observer throws, on its own, instead of to who unsubscribes.
 */
export class Observable<T> {
  readonly #start: Start<T>;

  constructor(start: Start<T>) {
    this.#start = start;
  }

  subscribe(
    observerOrNext?: Partial<Observer<T>> | Subscriber<T> | ((value: T) => void) | null,
    error?: (error: unknown) => void,
    complete?: () => void,
  ): Subscriber<T> {
    const subscriber = isSubscriber<T>(observerOrNext)
      ? observerOrNext
      : new Subscriber<T>(
          typeof observerOrNext === 'object' && observerOrNext
            ? observerOrNext
            : { next: observerOrNext, error, complete },
        );
    try {
      subscriber.add(this.#start(subscriber));
    } catch (thrown) {
      subscriber.error(thrown);
    }
    return subscriber;
  }

  /** How RxJS's operators take a stream: `operator` subscribes `this` to the stream it is called with. */
  lift<R>(operator: (this: Subscriber<R>, source: Observable<T>) => Teardown): Observable<R> {
    return new Observable((subscriber) => operator.call(subscriber, this));
  }

  pipe(...operators: ((source: unknown) => unknown)[]): unknown {
    return operators.reduce<unknown>((source, operator) => operator(source), this);
  }

  forEach(next: (value: T) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const subscriber = new Subscriber<T>({
        next(value) {
          try {
            next(value);
          } catch (thrown) {
            reject(thrown);
            subscriber.unsubscribe();
          }
        },
        error: reject,
        complete: resolve,
      });
      this.subscribe(subscriber);
    });
  }
}

// By this RxJS knows a stream of another copy, and every other library of streams does.
const { observable = '@@observable' } = Symbol as { readonly observable?: symbol | string };
Object.assign(Observable.prototype, {
  [observable](this: unknown) {
    return this;
  },
});

type Start<T> = (subscriber: Subscriber<T>) => Teardown;
type Teardown = (() => unknown) | Subscribed | null | undefined;

interface Observer<T> {
  readonly next: ((value: T) => void) | null | undefined;
  readonly error: ((error: unknown) => void) | undefined;
  readonly complete: (() => void) | undefined;
}

/** A subscription of this file or of RxJS, which tells those it was added to when it ends. */
interface Subscribed {
  unsubscribe(): void;
  _addParent?(parent: Subscriber<never>): void;
}

/** Where a stream says what it has to say, and what ends that. */
export class Subscriber<T> {
  closed = false;
  readonly #ends = new Set<Exclude<Teardown, null | undefined>>();
  #observer: Partial<Observer<T>> | undefined;

  constructor(observer: Partial<Observer<T>>) {
    this.#observer = observer;
  }

  next(value: T): void {
    const observer = this.#observer;
    safely(() => observer?.next?.(value));
  }

  error(error: unknown): void {
    this.#end((observer) => {
      if (!observer.error) throw error;
      observer.error(error);
    });
  }

  complete(): void {
    this.#end((observer) => observer.complete?.());
  }

  unsubscribe(): void {
    this.closed = true;
    this.#observer = undefined;
    for (const end of this.#ends) {
      this.#ends.delete(end);
      safely(() => run(end));
    }
  }

  add(end: Teardown): void {
    if (!end || end === this) return;
    if (this.closed) run(end);
    else {
      if ('_addParent' in end) end._addParent?.(this);
      this.#ends.add(end);
    }
  }

  remove(end: Exclude<Teardown, null | undefined>): void {
    this.#ends.delete(end);
  }

  /** Says the last thing, after which nothing is heard. */
  #end(last: (observer: Partial<Observer<T>>) => void): void {
    const observer = this.#observer;
    this.#observer = undefined;
    safely(() => observer && last(observer));
    this.unsubscribe();
  }
}

function run(end: Exclude<Teardown, null | undefined>): void {
  if (typeof end === 'function') end();
  else end.unsubscribe();
}

/** One observer's error is not another's: it is thrown where `window.onerror` sees it. */
function safely(act: () => unknown): void {
  try {
    act();
  } catch (thrown) {
    setTimeout(() => {
      throw thrown;
    });
  }
}

/** Also one of RxJS, of whichever copy. */
function isSubscriber<T>(value: unknown): value is Subscriber<T> {
  return typeof value === 'object' && value !== null && 'next' in value && 'add' in value;
}
