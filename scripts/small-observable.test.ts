import { deepEqual, equal, rejects } from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import {
  firstValueFrom,
  from,
  map,
  of,
  type Observable as RxObservable,
  Subject,
  Subscription,
  switchMap,
  take,
} from 'rxjs';
import { Observable, type Subscriber } from './small-observable.ts';

/** As this file's type says less of `pipe` than a host's RxJS does. */
const asRx = <T>(stream: Observable<T>): RxObservable<T> => stream as unknown as RxObservable<T>;

function source<T>(): { stream: Observable<T>; subscribers: Set<Subscriber<T>> } {
  const subscribers = new Set<Subscriber<T>>();
  const stream = new Observable<T>((subscriber) => {
    subscribers.add(subscriber);
    return () => subscribers.delete(subscriber);
  });
  return { stream, subscribers };
}

const each = <T>(subscribers: Set<Subscriber<T>>, act: (one: Subscriber<T>) => void): void => {
  for (const subscriber of [...subscribers]) act(subscriber);
};

/** What is thrown on its own, as `window.onerror` would hear it. */
function reports(context: TestContext): unknown[] {
  const thrown: unknown[] = [];
  context.mock.method(globalThis, 'setTimeout', (act: () => void) => {
    try {
      act();
    } catch (error) {
      thrown.push(error);
    }
  });
  return thrown;
}

describe('the small Observable', () => {
  it('tells a function, or an observer, what its source says, until that completes', () => {
    const { stream, subscribers } = source<number>();
    const heard: unknown[] = [];
    stream.subscribe((value) => heard.push(value));
    stream.subscribe({ next: (value) => heard.push(-value), complete: () => heard.push('end') });
    each(subscribers, (one) => one.next(1));
    each(subscribers, (one) => one.complete());
    each(subscribers, (one) => one.next(2));
    deepEqual(heard, [1, -1, 'end']);
    equal(subscribers.size, 0);
  });

  it('is heard no more by who has unsubscribed, also in the middle of a value', () => {
    const { stream, subscribers } = source<number>();
    const heard: number[] = [];
    const subscription = stream.subscribe((value) => {
      heard.push(value);
      subscription.unsubscribe();
    });
    const [one] = subscribers;
    one?.next(1);
    one?.next(2);
    one?.complete();
    deepEqual(heard, [1]);
    equal(subscription.closed, true);
    equal(subscribers.size, 0);
  });

  it('ends what was added to a subscription with it, once, and at once where it is over', () => {
    const ended: string[] = [];
    const subscription = new Observable(() => () => ended.push('source')).subscribe();
    const dropped = (): void => void ended.push('dropped');
    subscription.add(() => ended.push('added'));
    subscription.add(dropped);
    subscription.remove(dropped);
    subscription.unsubscribe();
    subscription.unsubscribe();
    subscription.add(() => ended.push('late'));
    deepEqual(ended, ['source', 'added', 'late']);
  });

  it('gives an error to who asks for it, and reports it where nobody does', (context) => {
    const thrown = reports(context);
    const failing = new Observable(() => {
      throw new Error('No source.');
    });
    const heard: unknown[] = [];
    failing.subscribe({ error: (error) => heard.push(error) });
    failing.subscribe();
    equal(String(heard), 'Error: No source.');
    equal(String(thrown), 'Error: No source.');
  });

  it('keeps an observer’s error from the others, and goes on', (context) => {
    const thrown = reports(context);
    const { stream, subscribers } = source<number>();
    const heard: number[] = [];
    stream.subscribe(() => {
      throw new Error('Mine.');
    });
    stream.subscribe((value) => heard.push(value));
    each(subscribers, (one) => one.next(1));
    each(subscribers, (one) => one.next(2));
    deepEqual(heard, [1, 2]);
    equal(String(thrown), 'Error: Mine.,Error: Mine.');
  });

  it('runs every teardown, also where one throws', (context) => {
    const thrown = reports(context);
    let ended = false;
    const subscription = new Observable(() => () => {
      throw new Error('Stuck.');
    }).subscribe();
    subscription.add(() => {
      ended = true;
    });
    subscription.unsubscribe();
    equal(ended, true);
    equal(String(thrown), 'Error: Stuck.');
  });

  it('calls a function for each value until it throws, or the stream ends', async () => {
    const numbers = new Observable<number>((subscriber) => {
      for (const value of [1, 2, 3]) subscriber.next(value);
      subscriber.complete();
    });
    const heard: number[] = [];
    await numbers.forEach((value) => void heard.push(value));
    deepEqual(heard, [1, 2, 3]);
    await rejects(
      numbers.forEach((value) => {
        if (value === 2) throw new Error('Enough.');
      }),
      /Enough/,
    );
  });
});

describe('RxJS with the small Observable', () => {
  it('pipes it through its operators, and ends the source with them', () => {
    const { stream, subscribers } = source<number>();
    const heard: unknown[] = [];
    asRx(stream)
      .pipe(
        map((value) => value * 2),
        take(2),
      )
      .subscribe({ next: (value) => heard.push(value), complete: () => heard.push('end') });
    for (const value of [1, 2, 3]) each(subscribers, (one) => one.next(value));
    deepEqual(heard, [2, 4, 'end']);
    equal(subscribers.size, 0);
  });

  it('switches from one to the next, and keeps nothing of those it has left', () => {
    const outer = source<number>();
    const inner = source<string>();
    const heard: string[] = [];
    const subscription = asRx(outer.stream)
      .pipe(switchMap((value) => asRx(inner.stream).pipe(map((text) => `${value}${text}`))))
      .subscribe((value) => heard.push(value));
    for (const value of [1, 2, 3]) {
      each(outer.subscribers, (one) => one.next(value));
      equal(inner.subscribers.size, 1);
      each(inner.subscribers, (one) => one.next('a'));
    }
    deepEqual(heard, ['1a', '2a', '3a']);
    subscription.unsubscribe();
    equal(outer.subscribers.size + inner.subscribers.size, 0);
  });

  it('takes it where it takes any stream', async () => {
    const { stream, subscribers } = source<string>();
    const first = firstValueFrom(from(asRx(stream)));
    const subject = new Subject<string>();
    const heard: string[] = [];
    subject.subscribe((value) => heard.push(value));
    const all = new Subscription();
    all.add(asRx(stream).subscribe(subject));
    each(subscribers, (one) => one.next('a'));
    equal(await first, 'a');
    all.unsubscribe();
    each(subscribers, (one) => one.next('b'));
    deepEqual(heard, ['a']);
    const values = await firstValueFrom(
      of(1).pipe(
        switchMap(() => asRx(stream)),
        take(0),
      ),
      {
        defaultValue: 'none',
      } as never,
    );
    equal(values, 'none');
  });

  it('gives it the errors of its operators', () => {
    const { stream, subscribers } = source<number>();
    const heard: unknown[] = [];
    asRx(stream)
      .pipe(
        map(() => {
          throw new Error('Not this one.');
        }),
      )
      .subscribe({ error: (error) => heard.push(error) });
    each(subscribers, (one) => one.next(1));
    equal(String(heard), 'Error: Not this one.');
    equal(subscribers.size, 0);
  });
});
