import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { keyBetween } from './position-keys.ts';

describe('position keys', () => {
  it('[MG7] lie between their neighbours wherever one is inserted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 400 }),
        (spots) => {
          const keys: string[] = [];
          for (const spot of spots) {
            const at = Math.round(spot * keys.length);
            const key = keyBetween(keys[at - 1], keys[at]);
            ok(
              (keys[at - 1] ?? '') < key && key < (keys[at] ?? '~'),
              `${keys[at - 1]} ${key} ${keys[at]}`,
            );
            keys.splice(at, 0, key);
          }
        },
      ),
    );
  });

  it('[MG7] stay at four characters for 10,000 appends, and rise', () => {
    let key = keyBetween(undefined, undefined);
    for (let count = 1; count < 10_000; count++) {
      const next = keyBetween(key, undefined);
      ok(next > key);
      key = next;
    }
    equal(key.length, 4);
  });

  it('fall at the front and stay short', () => {
    let key = keyBetween(undefined, undefined);
    for (let count = 1; count < 10_000; count++) {
      const next = keyBetween(undefined, key);
      ok(next < key);
      key = next;
    }
    equal(key.length, 4);
  });

  for (const way of ['behind the last one', 'before the last one'] as const) {
    it(`[MG7] stay at six characters for 10,000 inserts at one spot, each ${way}`, () => {
      const left = keyBetween(undefined, undefined);
      const right = keyBetween(left, undefined);
      let last = keyBetween(left, right);
      for (let count = 1; count < 10_000; count++) {
        const next =
          way === 'behind the last one' ? keyBetween(last, right) : keyBetween(left, last);
        ok(
          way === 'behind the last one' ? next > last && next < right : next < last && next > left,
        );
        last = next;
      }
      equal(last.length, 6);
    });
  }
});
