import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { LiveReport } from '../protocol/wire.ts';
import { sharingSource } from '../testing/sharing-source.ts';
import { LateSharing } from './late-sharing.ts';

const fix = { lat: 43.7, lng: 7.4, accuracyM: 5, atMs: 1 };

describe('sharing whose code comes late', () => {
  let sent: LiveReport[];
  let sharing: LateSharing;
  /** The module comes by way of the platform, which no virtual time owns. */
  const loaded = async (): Promise<void> => {
    await import('./open-sharing.ts');
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  };

  beforeEach(() => {
    sent = [];
    sharing = new LateSharing(sharingSource({ report: (told) => sent.push(told) }), 'crew');
  });

  it('[PS9] says off on a fresh page, for what an earlier one shared under the same id', async () => {
    sharing.set('off');
    await loaded();
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
    deepEqual(sent.at(-1)?.fix, fix);
  });

  it('shares nothing when it was stopped before the code came', async () => {
    sharing.set('precise');
    sharing.report(fix);
    sharing.set('off');
    await loaded();
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
    deepEqual(sent, []);
  });
});
