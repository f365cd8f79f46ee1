import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RecentMedian, steadyLimits, steer } from './steering.ts';

const steady = (driftMs: number, isNudging = false) => steer(driftMs, isNudging, steadyLimits);

describe('steering', () => {
  it('leaves alone what is within the dead band', () => {
    deepEqual(steady(0.9), { kind: 'hold' });
  });

  it('slows down what is ahead and speeds up what is behind', () => {
    deepEqual(steady(6), { kind: 'nudge', rate: 0.998 });
    deepEqual(steady(-6), { kind: 'nudge', rate: 1.002 });
  });

  it('never changes the speed by more than half a percent', () => {
    deepEqual(steady(150), { kind: 'nudge', rate: 0.995 });
  });

  it('carries a nudge on well into the dead band, so that it does not begin again at once', () => {
    equal(steady(0.5, true).kind, 'nudge');
    equal(steady(0.2, true).kind, 'hold');
  });

  it('jumps beyond 200 ms only', () => {
    equal(steady(200).kind, 'nudge');
    deepEqual(steady(-201), { kind: 'jump' });
  });
});

describe('the recent median', () => {
  it('says nothing until most of its values are there, then the middle one', () => {
    const median = new RecentMedian(3);
    median.add(5);
    equal(median.value, undefined);
    median.add(900);
    median.add(4);
    equal(median.value, 5);
  });
});
