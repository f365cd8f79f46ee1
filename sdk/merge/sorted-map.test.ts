import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emptyMap, mapFrom, type SortedMap } from './sorted-map.ts';

const key = fc.integer({ min: 0, max: 400 }).map((number) => `k${number}`);
const write = fc.record({
  key,
  value: fc.option(fc.nat(), { nil: undefined }),
  batch: fc.boolean(),
});

function sorted(model: ReadonlyMap<string, number>): [string, number][] {
  return [...model].sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('sorted map', () => {
  it('holds what a plain map holds, in key order, whatever was written and removed', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 1_500, size: 'max' }), (writes) => {
        const model = new Map<string, number>();
        let map = emptyMap<number>();
        let edit: object | undefined = {};
        for (const { key, value, batch } of writes) {
          if (!batch) edit = edit ? undefined : {};
          if (value === undefined) {
            model.delete(key);
            map = map.delete(key, edit);
          } else {
            model.set(key, value);
            map = map.set(key, value, edit);
          }
        }
        deepEqual([...map], sorted(model));
        equal(map.size, model.size);
        deepEqual(
          map.toArray(),
          sorted(model).map(([, value]) => value),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('finds the neighbours of keys that it has and has not', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 300, size: 'max' }), key, (keys, wanted) => {
        const ascending = keys.toSorted();
        const map = mapFrom(ascending.map((name, index) => [name, index] as const));
        equal(
          map.after(wanted)?.[0],
          ascending.find((name) => name > wanted),
        );
        equal(
          map.before(wanted)?.[0],
          ascending.findLast((name) => name < wanted),
        );
        equal(map.first()?.[0], ascending[0]);
        equal(map.last()?.[0], ascending.at(-1));
      }),
    );
  });

  it('leaves a map as it was when a later batch writes on', () => {
    const first = numbers(500);
    const before = [...first];
    const edit = {};
    let second = first;
    for (let index = 0; index < 500; index += 3) second = second.delete(name(index), edit);
    for (let index = 1; index < 500; index += 3) second = second.set(name(index), -1, edit);
    deepEqual([...first], before);
    equal(second.get(name(1)), -1);
    equal(second.has(name(3)), false);
  });

  it('takes many entries as it takes one after the other, and leaves what it was as it was', () => {
    const some = fc.array(key, { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(some, some, fc.boolean(), fc.boolean(), (there, added, sorted, together) => {
        const edit = {};
        const keys = sorted ? added.toSorted() : added;
        const values = keys.map((_, index) => index);
        const start = there.reduce((map, one) => map.set(one, -1, edit), emptyMap<number>());
        const before = [...start];
        const token = together ? edit : {};
        const all = start.setAll(keys, values, token);
        if (!together) deepEqual([...start], before);
        const single = new Map(before);
        keys.forEach((one, index) => {
          single.set(one, index);
        });
        const expected = [...single].sort(([a], [b]) => (a < b ? -1 : 1));
        deepEqual([...all], expected);
        equal(all.size, expected.length);
        for (const [one, value] of expected) equal(all.get(one), value);
      }),
    );
  });

  it('is itself when a write changes nothing', () => {
    const map = numbers(100);
    equal(map.set(name(7), 7), map);
    equal(map.delete('unknown'), map);
  });

  it('builds the same from a sorted list as one by one', () => {
    deepEqual([...mapFrom(numbers(2_000))], [...numbers(2_000)]);
  });

  it('is empty again when everything was removed', () => {
    let map = numbers(1_000);
    for (let index = 0; index < 1_000; index++) map = map.delete(name(index));
    deepEqual(
      [map.size, map.first(), map.last(), map.after('')],
      [0, undefined, undefined, undefined],
    );
  });
});

function name(index: number): string {
  return `n${String(index).padStart(5, '0')}`;
}

function numbers(count: number): SortedMap<number> {
  const edit = {};
  let map = emptyMap<number>();
  for (let index = 0; index < count; index++) map = map.set(name(index), index, edit);
  return map;
}
