import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idPattern, idSeries } from './ids.ts';

describe('a series of ids', () => {
  it('ascends, all of its ids beginning alike', () => {
    const next = idSeries(() => 0.5);
    const ids = Array.from({ length: 40_000 }, next);
    equal(new Set(ids).size, 40_000);
    ok(ids.every((id, at) => idPattern.test(id) && (at === 0 || id > (ids[at - 1] ?? ''))));
    equal(new Set(ids.map((id) => id.slice(0, 9))).size, 1);
  });

  it('goes on beyond three digits', () => {
    const next = idSeries(() => 0);
    const ids = new Set(Array.from({ length: 50_000 }, next));
    equal(ids.size, 50_000);
  });

  it('begins differently for each maker', () => {
    equal(new Set([0.1, 0.4, 0.9].map((seed) => idSeries(() => seed)().slice(0, 9))).size, 3);
  });
});
