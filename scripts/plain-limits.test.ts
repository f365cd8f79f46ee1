import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../sdk/protocol/limits.ts';
import { withPlainLimits } from './plain-limits.ts';

describe('plain limits', () => {
  it('stand where they are asked for', () => {
    const code =
      "import { limits } from './limits.ts';\nexport const most = 2 * limits.maxBatchOps;";
    equal(
      withPlainLimits(code)?.toString().split('\n').at(-1),
      `export const most = 2 * ${limits.maxBatchOps};`,
    );
  });

  it('are left alone where somebody else’s are meant, or all of them', () => {
    equal(withPlainLimits('export const far = (limits) => limits.maxBatchOps;'), undefined);
    const whole =
      "import { limits } from '../protocol/limits.ts';\nexport const all = { ...limits };";
    deepEqual(withPlainLimits(whole)?.toString(), whole);
  });
});
