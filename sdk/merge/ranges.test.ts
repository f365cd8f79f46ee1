import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { NumberRanges } from '../protocol/wire.ts';
import { add, count, has, noNumbers, union } from './ranges.ts';

const number = fc.integer({ min: 1, max: 60 });

const of = (numbers: readonly number[]): NumberRanges =>
  numbers.reduce<NumberRanges>((ranges, one) => add(ranges, one), noNumbers);

describe('number ranges', () => {
  it('[OP5] hold exactly what was added, in any order, with no two ranges that touch', () => {
    fc.assert(
      fc.property(fc.array(number), (numbers) => {
        const ranges = of(numbers);
        for (let probe = 0; probe <= 61; probe++)
          equal(has(ranges, probe), numbers.includes(probe));
        equal(count(ranges), new Set(numbers).size);
        ranges.forEach(([from], at) => {
          const before = ranges[at - 1];
          if (before) equal(from > before[1] + 1, true);
        });
      }),
    );
  });

  it('take whole ranges as they take their numbers one by one', () => {
    fc.assert(
      fc.property(fc.array(number), number, fc.nat(20), (numbers, from, length) => {
        const to = from + length;
        const one = Array.from({ length: length + 1 }, (_, index) => from + index);
        deepEqual(add(of(numbers), [from, to]), of([...numbers, ...one]));
      }),
    );
  });

  it('unite as if all had been added to one', () => {
    fc.assert(
      fc.property(fc.array(number), fc.array(number), (a, b) => {
        deepEqual(union(of(a), of(b)), of([...a, ...b]));
      }),
    );
  });

  it('are themselves when nothing is new', () => {
    const ranges = of([1, 2, 3, 7, 9]);
    for (const known of [1, 2, 7, 9]) equal(add(ranges, known), ranges);
    equal(add(ranges, [1, 3]), ranges);
  });
});
