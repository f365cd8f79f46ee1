import { deepEqual, ok, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sums, unpacked } from './columns.ts';
import { differences, packed } from './pack-columns.ts';

const cell = fc.oneof(fc.constantFrom('a', 'b', null), fc.nat(2));

describe('columns', () => {
  it('come back as they were, and never take more cells than a plain list', () => {
    fc.assert(
      fc.property(fc.array(cell), (values) => {
        const json = JSON.parse(JSON.stringify(packed(values)));
        deepEqual(unpacked(json, values.length), values);
        ok((Array.isArray(json) ? json : json.r).length <= values.length);
      }),
    );
  });

  it('are two cells where all values are one', () => {
    deepEqual(packed(Array.from({ length: 10_000 }, () => 'ana')), { r: ['ana', 10_000] });
  });

  it('are damaged when their length is another than their neighbours have', () => {
    const broken = [[1], [1, 2, 3], { r: [1, 3] }, { r: [1, 1] }, { r: [1, -2] }, { r: [1, 'x'] }];
    for (const json of [...broken, { r: [1, 1e12] }, null, 'x', {}]) {
      throws(() => unpacked(json, 2), { code: 'invalid' });
    }
  });

  it('of numbers are told by their differences', () => {
    const numbers = fc.array(fc.integer());
    fc.assert(fc.property(numbers, (values) => deepEqual(sums(differences(values)), values)));
    throws(() => sums([1, null]), { code: 'invalid' });
  });
});
