import { deepEqual, ok, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { differences, packed, Row, sums, unpacked } from './columns.ts';

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

describe('a row', () => {
  it('gives each cell as what it should be, or is damaged', () => {
    const row = new Row(['a', 1, null, ['b'], true]);
    deepEqual(
      [row.text(0), row.number(1), row.textOrNull(2), row.texts(3), row.value(4), row.flag(1)],
      ['a', 1, null, ['b'], true, true],
    );
    for (const read of [
      () => row.text(1),
      () => row.number(0),
      () => row.numberOrNull(0),
      () => row.row(0),
      () => row.oneOf(0, ['x']),
      () => row.value(1),
      () => row.text(9),
      () => new Row(undefined),
    ]) {
      throws(read, { code: 'invalid' });
    }
  });
});
