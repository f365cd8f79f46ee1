import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coarseAccuracyM, coarsen } from '../../../sdk/positions/coarse.ts';
import type { Fix } from '../../../sdk/protocol/wire.ts';
import { runSchedules } from './run.ts';
import { type Found, Truth } from './truth.ts';

describe('what nobody can tell', () => {
  it('[PS1] [PS3] [PS8] [PS12] [PS18] [PS19] [PS22] [PS24] [PS26] holds over random schedules of modes, tabs, networks and places', async () => {
    const { found, visits, leaks } = await runSchedules({ from: 1, count: 60 });
    deepEqual(leaks, []);
    ok(found > 500, `${found} places looked at`);
    ok(visits > 20, `${visits} arrivals and departures looked at`);
  });
});

describe('the judge of what was found', () => {
  const fix: Fix = { lat: 43.7, lng: 7.4, accuracyM: 5, atMs: 5_000 };
  const on = (patch: Partial<Found>): Found => {
    return { where: 'wire', atMs: 5_100, deviceId: 'phone', mode: 'precise', fix, ...patch };
  };
  const judged = (prepare: (truth: Truth) => void, ...found: readonly Found[]): number => {
    const truth = new Truth();
    truth.was('phone', fix);
    prepare(truth);
    for (const one of found) truth.judge(one);
    return truth.leaks.length;
  };
  const precise = (truth: Truth): void =>
    truth.said('phone', 'precise', Number.POSITIVE_INFINITY, 0);

  it('lets pass what was shared', () => {
    equal(judged(precise, on({}), on({ where: 'server' }), on({ where: 'history' })), 0);
  });

  it('sees what was told while off, after its time, or after its person left', () => {
    equal(
      judged(() => {}, on({})),
      1,
    );
    equal(
      judged((truth) => truth.said('phone', 'precise', 5_050, 0), on({})),
      1,
    );
    equal(
      judged((truth) => {
        precise(truth);
        truth.gone(5_050);
      }, on({})),
      1,
    );
  });

  it('sees what is finer than coarse', () => {
    const coarse = (truth: Truth): void =>
      truth.said('phone', 'coarse', Number.POSITIVE_INFINITY, 0);
    const cell = { ...coarsen(fix), accuracyM: coarseAccuracyM, atMs: fix.atMs };
    equal(judged(coarse, on({ mode: 'coarse', fix: cell })), 0);
    equal(judged(coarse, on({})), 1);
    equal(judged(coarse, on({ mode: 'coarse' })), 1);
    equal(judged(coarse, on({ mode: 'coarse', fix: { ...cell, speedMps: 9 } })), 1);
    equal(judged(coarse, on({ mode: 'coarse', fix: { ...cell, lat: cell.lat + 1e-4 } })), 1);
  });

  it('[PS26] sees an arrival without consent, from before it, of a private place, and on no wire', () => {
    const visit = { placeId: 'p1', kind: 'arrived' as const, atMs: fix.atMs };
    const agree = (truth: Truth, atMs = 0): void =>
      truth.said('phone', 'precise', Number.POSITIVE_INFINITY, atMs, true);
    const heard = [on({ visit }), on({ where: 'server', visit })];
    equal(judged(agree, ...heard), 0);
    equal(judged(precise, on({ visit })), 1);
    equal(
      judged((truth) => {
        precise(truth);
        agree(truth, fix.atMs + 10);
      }, on({ visit })),
      1,
    );
    equal(judged(agree, on({}), on({ where: 'replica', visit })), 1);
    // The place of the fix is one leak, its arrival another.
    const hide = (truth: Truth): void => {
      agree(truth);
      truth.hid('phone', { lat: fix.lat, lng: fix.lng, radiusM: 300 }, 0);
    };
    equal(judged(hide, on({ visit })), 2);
  });

  it('sees a private place, and what was on no wire', () => {
    const hide = (truth: Truth): void => {
      precise(truth);
      truth.hid('phone', { lat: fix.lat, lng: fix.lng, radiusM: 300 }, 0);
    };
    equal(judged(hide, on({})), 1);
    equal(judged(precise, on({ where: 'replica' })), 1);
  });
});
