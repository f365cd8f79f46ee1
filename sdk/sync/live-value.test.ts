import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiveValue } from './live-value.ts';

const heard = <T>(live: LiveValue<T>): { readonly values: T[]; ended: boolean; stop(): void } => {
  const log = { values: [] as T[], ended: false, stop: () => subscription.unsubscribe() };
  const subscription = live.subscribe({
    next: (value) => log.values.push(value),
    complete: () => {
      log.ended = true;
    },
  });
  return log;
};

describe('a live value', () => {
  it('replays its latest value to each who subscribes, and offers it', () => {
    const live = new LiveValue(1);
    live.next(2);
    deepEqual(heard(live).values, [2]);
    equal(live.value, 2);
  });

  it('emits what is set to all who listen, equal or not', () => {
    const live = new LiveValue('a');
    const [one, other] = [heard(live), heard(live)];
    live.next('b');
    live.next('b');
    deepEqual(one.values, ['a', 'b', 'b']);
    deepEqual(other.values, ['a', 'b', 'b']);
  });

  it('says nothing to who has left', () => {
    const live = new LiveValue(1);
    const log = heard(live);
    log.stop();
    live.next(2);
    deepEqual(log.values, [1]);
  });

  it('tells a listener what it sets itself while it hears the first value', () => {
    const live = new LiveValue(1);
    const values: number[] = [];
    live.subscribe((value) => {
      values.push(value);
      if (value === 1) live.next(2);
    });
    deepEqual(values, [1, 2]);
  });

  it('does not tell a listener twice that came while a value was told', () => {
    const live = new LiveValue(1);
    const late: number[] = [];
    let came = false;
    live.subscribe((value) => {
      if (value !== 2 || came) return;
      came = true;
      live.subscribe((next) => late.push(next));
    });
    live.next(2);
    deepEqual(late, [2]);
  });

  it('goes on for the others where one leaves while a value is told', () => {
    const live = new LiveValue(1);
    const first = live.subscribe((value) => {
      if (value === 2) first.unsubscribe();
    });
    const other = heard(live);
    live.next(2);
    deepEqual(other.values, [1, 2]);
  });

  it('ends for all at once, keeps its last value and drops what is set afterwards', () => {
    const live = new LiveValue(1);
    const log = heard(live);
    live.complete();
    live.next(2);
    equal(live.closed, true);
    deepEqual([log.values, log.ended, live.value], [[1], true, 1]);
    const late = heard(live);
    deepEqual([late.values, late.ended], [[1], true]);
  });

  it('can be fed by another stream', () => {
    const source = new LiveValue(1);
    const live = new LiveValue(0);
    source.subscribe(live);
    source.next(2);
    source.complete();
    deepEqual([live.value, live.closed], [2, true]);
  });
});
