import { equal, match } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { percentile, tableOf } from './figures.ts';

describe('figures', () => {
  it('puts a ratio beside the floor and marks a missed aim', () => {
    const table = tableOf([
      { name: 'drain, ms', floor: 1000, ours: 290, goal: { kind: 'ratio', atMost: 0.3 } },
      { name: 'join, ms', floor: 20, ours: 40, goal: { kind: 'ratio', atMost: 1.3 } },
      { name: 'enqueue, ms', ours: 201, goal: { kind: 'value', atMost: 200 } },
    ]);
    const [, drain = '', join = '', enqueue = ''] = table.split('\n');
    match(drain, /0\.29 +≤ 0\.3 ×$/);
    match(join, /2\.00 +≤ 1\.3 × !$/);
    match(enqueue, /201\.0 +≤ 200 !$/);
  });

  it('takes percentiles by rank, of values in any order', () => {
    equal(percentile([3, 1, 2], 50), 2);
    equal(percentile([3, 1, 2], 99), 3);
    equal(percentile([], 50), Number.NaN);
  });
});
