import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { zeroHlc } from '../clock/hlc.ts';
import { emptyState } from '../merge/fold.ts';
import type { ScopeState } from '../merge/states.ts';
import { groupScope } from '../protocol/ids.ts';
import type { LiveReport } from '../protocol/wire.ts';
import { sharingSource, type TestSource } from '../testing/sharing-source.ts';
import { moved } from './earth.ts';
import { openSharing } from './open-sharing.ts';
import { privatePlacesOf } from './private-places.ts';
import type { TabSharing } from './tab-sharing.ts';

const beach = { lat: 43.7384, lng: 7.4246 };

function crewWithBeach(): ScopeState {
  const state = emptyState(groupScope('crew'));
  if (state.kind !== 'group') throw new Error('A group has a state of its own kind.');
  const stamps = { name: zeroHlc, lat: zeroHlc, lng: zeroHlc };
  const place = { placeId: 'beach', name: 'The beach', ...beach, savedBy: 'bo' };
  const places = state.places.set('beach', { ...place, stamps, removed: false }, {});
  return { ...state, places };
}

describe('telling a group of arrivals', () => {
  let sent: LiveReport[];
  let source: TestSource;
  let sharing: TabSharing;

  beforeEach(async () => {
    sent = [];
    source = sharingSource({ report: (report) => sent.push(report) });
    source.group = crewWithBeach();
    const opened = await openSharing(source, 'crew');
    if (!opened) throw new Error('Nobody is signed in.');
    sharing = opened;
  });

  const be = async (farM: number, seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 5) {
      const at = moved(beach, 90, farM);
      sharing.report({ ...at, accuracyM: 6, speedMps: 0, atMs: source.time.nowMs() });
      source.time.jumpWall(5_000);
      await source.time.settle();
    }
  };
  const arrive = async (): Promise<void> => {
    await be(2_000, 40);
    await be(10, 140);
  };
  const kinds = (): (string | undefined)[] => [...new Set(sent.map(({ visit }) => visit?.kind))];

  it('[PS26] tells nothing of places before its person says so', async () => {
    sharing.set('precise');
    await arrive();
    deepEqual(kinds(), [undefined]);
  });

  it('[PS26] tells of an arrival with each report, and of none once its person says no', async () => {
    sharing.set('precise', { visits: true });
    await arrive();
    deepEqual(kinds(), [undefined, 'arrived']);
    equal(sharing.state$.value.visits, true);
    sharing.set('precise', { visits: false });
    await source.time.settle();
    equal(sent.at(-1)?.visit, undefined);
    equal(sharing.state$.value.visits, undefined);
  });

  it('[PS26] tells of a departure at once', async () => {
    sharing.set('precise', { visits: true });
    await arrive();
    await be(600, 60);
    deepEqual(kinds(), [undefined, 'arrived', 'left']);
  });

  it('[PS26] [PS12] tells of no place where it shares roughly, nor what it knew before', async () => {
    sharing.set('coarse', { visits: true });
    await arrive();
    deepEqual(kinds(), [undefined]);
    sharing.set('precise');
    await be(2_000, 90);
    await be(10, 140);
    equal(sent.at(-1)?.visit?.kind, 'arrived');
    sharing.set('coarse');
    await source.time.settle();
    deepEqual([sent.at(-1)?.mode, sent.at(-1)?.visit], ['coarse', undefined]);
  });

  it('[PS26] [PS19] tells of no place within a private one, nor that somebody came from it', async () => {
    const { caches: sealed, preferences: marks } = source.storage;
    const { random } = source.scheduler;
    await privatePlacesOf({ sealed, marks, userId: 'ana', random }).add(beach);
    sharing.set('precise', { visits: true });
    await arrive();
    await be(3_000, 60);
    deepEqual(kinds(), [undefined]);
  });

  it('[PS26] [PS3] forgets with “off” where it was', async () => {
    sharing.set('precise', { visits: true });
    await arrive();
    sharing.set('off');
    sent = [];
    sharing.set('precise');
    await be(10, 30);
    deepEqual(kinds(), [undefined]);
  });

  it('keeps the time at which sharing ends when its person says something of places', () => {
    const until = source.time.nowMs() + 600_000;
    sharing.set('precise', { until });
    sharing.set('precise', { visits: true });
    deepEqual(sharing.state$.value, { mode: 'precise', untilMs: until, visits: true });
  });
});
