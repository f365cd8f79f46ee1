import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { virtualScheduler } from '../testing/virtual-scheduler.ts';
import { timedView } from './timed-view.ts';
import { memo, View } from './view.ts';

describe('view', () => {
  let value: object;
  let listeners: Set<{ change(): void; end(): void }>;
  let reads: number;
  const changes = (change: () => void, end: () => void): (() => void) => {
    const listener = { change, end };
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const change = (next: object = value): void => {
    value = next;
    for (const listener of [...listeners]) listener.change();
  };
  const open = (): View<object> =>
    new View(() => {
      reads += 1;
      return value;
    }, changes);

  beforeEach(() => {
    value = { first: true };
    listeners = new Set();
    reads = 0;
  });

  it('replays its latest value to each who subscribes', () => {
    const view = open();
    const seen: object[] = [];
    view.subscribe((next) => seen.push(next));
    change({ second: true });
    view.subscribe((next) => seen.push(next));
    deepEqual(seen, [{ first: true }, { second: true }, { second: true }]);
  });

  it('offers its value without a subscription', () => {
    equal(open().value, value);
  });

  it('says nothing when the value is the same object', () => {
    let told = 0;
    open().subscribe(() => {
      told += 1;
    });
    change();
    change();
    equal(told, 1);
  });

  it('costs nothing while nobody looks', () => {
    const view = open();
    change({});
    equal(reads, 0);
    view.subscribe().unsubscribe();
    equal(listeners.size, 0);
    change({});
    equal(reads, 1);
  });

  it('completes when its source ends', () => {
    let completed = false;
    open().subscribe({
      complete: () => {
        completed = true;
      },
    });
    for (const listener of [...listeners]) listener.end();
    equal(completed, true);
    equal(listeners.size, 0);
  });
});

describe('memo', () => {
  it('computes anew only when an input is another object', () => {
    let computed = 0;
    let input = { a: 1 };
    const read = memo(
      (): [object, string] => [input, 'same'],
      (one, text) => {
        computed += 1;
        return [one, text];
      },
    );
    equal(read(), read());
    equal(computed, 1);
    input = { a: 1 };
    read();
    equal(computed, 2);
  });

  it('remembers undefined too', () => {
    let computed = 0;
    const read = memo(
      () => [],
      () => {
        computed += 1;
        return undefined;
      },
    );
    read();
    read();
    equal(computed, 1);
  });
});

describe('timed view', () => {
  it('tells at the moment at which its value changes by itself', async () => {
    const scheduler = virtualScheduler();
    const read = () => {
      const second = Math.floor(scheduler.nowMs() / 1_000);
      return { value: { second: second % 100 }, changesAtMs: (second + 1) * 1_000 };
    };
    const view = timedView(
      read,
      (one, other) => one.second === other.second,
      () => () => {},
      scheduler.nowMs,
      scheduler.after,
    );
    const seen: number[] = [];
    const watch = view.subscribe(({ second }) => seen.push(second));
    await scheduler.advance(3_000);
    deepEqual(seen, [0, 1, 2, 3]);
    equal(view.value, view.value);
    watch.unsubscribe();
    await scheduler.advance(10_000);
    equal(seen.length, 4);
  });

  it('waits for a change where nothing changes by itself', async () => {
    const scheduler = virtualScheduler();
    let value = 1;
    let change = (): void => {};
    let reads = 0;
    const view = timedView(
      () => {
        reads += 1;
        return { value, changesAtMs: null };
      },
      Object.is,
      (onChange) => {
        change = onChange;
        return () => {};
      },
      scheduler.nowMs,
      scheduler.after,
    );
    const seen: number[] = [];
    view.subscribe((next) => seen.push(next));
    const before = reads;
    await scheduler.advance(3_600_000);
    equal(reads, before);
    value = 2;
    change();
    deepEqual(seen, [1, 2]);
  });

  it('looks again at what lies further ahead than a timer reaches', async () => {
    const farMs = 2 ** 31 + 5_000;
    const delays: number[] = [];
    timedView(
      () => ({ value: 0, changesAtMs: farMs }),
      Object.is,
      () => () => {},
      () => 0,
      (delayMs) => {
        delays.push(delayMs);
        return () => {};
      },
    ).subscribe();
    deepEqual(delays, [2 ** 31 - 1]);
  });
});
