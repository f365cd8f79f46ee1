import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { LiveReport } from '../protocol/wire.ts';
import { virtualScheduler } from '../testing/virtual-scheduler.ts';
import { LateSharing } from './late-sharing.ts';

const fix = { lat: 43.7, lng: 7.4, accuracyM: 5, atMs: 1 };

describe('sharing whose code comes late', () => {
  let sent: LiveReport[];
  let sharing: LateSharing;
  /** The module comes by way of the platform, which no virtual time owns. */
  const loaded = (): Promise<unknown> => import('./sharing.ts');

  beforeEach(() => {
    const scheduler = virtualScheduler();
    sent = [];
    sharing = new LateSharing({
      scope: 'g:crew',
      deviceId: 'phone',
      serverNowMs: scheduler.nowMs,
      after: scheduler.after,
      send: (report) => sent.push(report),
    });
  });

  it('[PS9] says off at once on a fresh page, for what an earlier one shared', () => {
    sharing.set('off');
    deepEqual(
      sent.map(({ mode, fix: told }) => [mode, told]),
      [['off', null]],
    );
  });

  it('tells the fix that came while the code was on its way', async () => {
    sharing.set('precise');
    equal(sharing.state$.value.mode, 'precise');
    sharing.report(fix);
    equal(sent.length, 0);
    await loaded();
    await new Promise(setImmediate);
    deepEqual(sent.at(-1)?.fix, fix);
  });

  it('shares nothing when it was stopped before the code came', async () => {
    sharing.set('precise');
    sharing.report(fix);
    sharing.set('off');
    await loaded();
    await new Promise(setImmediate);
    equal(sharing.state$.value.mode, 'off');
    deepEqual(
      sent.map(({ fix: told }) => told),
      [null],
    );
  });

  it('shares nothing when its group was closed before the code came', async () => {
    sharing.set('precise');
    sharing.report(fix);
    sharing.close();
    await loaded();
    await new Promise(setImmediate);
    deepEqual(sent, []);
  });
});
