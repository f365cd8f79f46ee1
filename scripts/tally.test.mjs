import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tally } from './tally.mjs';

describe('the last line of npm test', () => {
  it('sums what passed and failed over all runners', () => {
    const counts = [
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 4, failed: 2, skipped: 0 },
    ];
    equal(tally(counts).line, '7 passed, 2 failed');
  });

  it('names skipped tests only where there are some', () => {
    equal(tally([{ passed: 1, failed: 0, skipped: 2 }]).line, '1 passed, 0 failed, 2 skipped');
  });
});
