import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { base32, codeOf, stepMs, stepOf } from './totp.ts';

/** Of RFC 6238, appendix B. */
const secret = Buffer.from('12345678901234567890');

describe('a code of an authenticator app', () => {
  it('[ID24] is that of RFC 6238 for its time', () => {
    const times = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000];
    deepEqual(
      times.map((seconds) => codeOf(secret, Math.floor((1_000 * seconds) / stepMs))),
      // The last six of its eight digits.
      ['287082', '081804', '050471', '005924', '279037', '353130'],
    );
  });

  it('[ID24] counts for its half minute, the one before and the one after, and once', () => {
    const nowMs = 59_000 + 10 * stepMs;
    const now = Math.floor(nowMs / stepMs);
    const found = [-2, -1, 0, 1, 2].map((off) =>
      stepOf(codeOf(secret, now + off), secret, nowMs, 0),
    );
    deepEqual(found, [undefined, now - 1, now, now + 1, undefined]);
    equal(stepOf(codeOf(secret, now), secret, nowMs, now), undefined);
    equal(stepOf(codeOf(secret, now - 1), secret, nowMs, now), undefined);
    for (const wrong of ['', '1', 'abcdef', '1234567']) {
      equal(stepOf(wrong, secret, nowMs, 0), undefined, wrong);
    }
  });

  it('has its secret in letters that every app takes', () => {
    // RFC 4648, 10.
    deepEqual(
      ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text))),
      ['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI'],
    );
  });
});
