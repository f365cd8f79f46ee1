import { ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFineTime } from './fine-time.ts';

describe('time in fractions of a millisecond', () => {
  let trueMs = 1_700_000_000_000.37;
  let setMs = 0;
  const clock = { nowMs: () => Math.floor(trueMs + setMs) };
  const startedMs = trueMs;
  const now = createFineTime(clock, () => trueMs - startedMs);
  const errorAfter = (ms: number): number => {
    trueMs += ms;
    return now() - (trueMs + setMs);
  };

  it('closes in on what a clock of whole milliseconds shows', () => {
    let errorMs = errorAfter(0);
    for (let reading = 0; reading < 200; reading++) errorMs = errorAfter(7.13);
    ok(errorMs <= 0 && errorMs > -0.05, `${errorMs}`);
  });

  it('follows a clock that is set, either way, to the millisecond at once', () => {
    for (const stepMs of [5_000, -9_000]) {
      setMs += stepMs;
      ok(Math.abs(errorAfter(0)) <= 1);
    }
  });
});
