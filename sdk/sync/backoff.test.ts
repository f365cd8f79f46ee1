import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backoffMs } from './backoff.ts';

const almostOne = (): number => 1 - Number.EPSILON;

describe('backoff', () => {
  it('[BK1] doubles its ceiling from one second up to thirty', () => {
    deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 60].map((failures) => backoffMs(failures, almostOne)),
      [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000],
    );
  });

  it('[BK1] [BK12] spreads over everything below the ceiling, so that a thousand phones do not come at once', () => {
    equal(
      backoffMs(6, () => 0),
      0,
    );
    equal(
      backoffMs(6, () => 0.25),
      7_500,
    );
  });

  it('[BK2] never comes before the server said it may', () => {
    equal(
      backoffMs(1, () => 0, 45_000),
      45_000,
    );
    ok(backoffMs(6, almostOne, 5_000) > 5_000);
  });
});
