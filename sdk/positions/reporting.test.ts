import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fix } from '../protocol/wire.ts';
import { moved } from './earth.ts';
import { isWorthTelling, movingEveryMs, plenty, sparing, stillEveryMs } from './reporting.ts';

const start = { lat: 43.7384, lng: 7.4246 };
const going: Fix = { ...start, accuracyM: 10, atMs: 0, headingDeg: 90, speedMps: 12 };
const still: Fix = { ...start, accuracyM: 10, atMs: 0, speedMps: 0 };
const after = (fix: Fix, ms: number, courseDeg: number, more: Partial<Fix> = {}): Fix => ({
  ...fix,
  ...moved(fix, courseDeg, ((fix.speedMps ?? 0) * ms) / 1000),
  atMs: fix.atMs + ms,
  ...more,
});

describe('what is worth telling', () => {
  it('[PS6] is nothing while the others draw it right', () => {
    equal(isWorthTelling(after(going, 5_000, 90), going, plenty), false);
    equal(isWorthTelling(after(going, movingEveryMs, 90), going, plenty), true);
  });

  it('[PS6] is a turn, as soon as it would show', () => {
    const turned = after(going, 1_500, 40, { headingDeg: 0 });
    equal(isWorthTelling(turned, going, plenty), true);
    equal(isWorthTelling(after(going, 1_500, 85, { headingDeg: 88 }), going, plenty), false);
  });

  it('[PS6] is a stop', () => {
    const stopped = after({ ...going, speedMps: 4 }, 2_000, 90, { speedMps: 0 });
    equal(isWorthTelling(stopped, going, plenty), true);
  });

  it('[PS6] is of standing still a sign of life, before anybody calls it stale', () => {
    equal(isWorthTelling(after(still, stillEveryMs - 1, 0), still, plenty), false);
    equal(isWorthTelling(after(still, stillEveryMs, 0), still, plenty), true);
  });

  it('[PS6] is to know much better where one stands', () => {
    const vague = { ...still, accuracyM: 60 };
    equal(isWorthTelling({ ...still, atMs: 1_000 }, vague, plenty), true);
  });

  it('[PS6] is less where data or battery are short', () => {
    const off = after(going, 1_500, 50, { headingDeg: 60 });
    equal(isWorthTelling(off, going, plenty), true);
    equal(isWorthTelling(off, going, sparing), false);
  });
});
