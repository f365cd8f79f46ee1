import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { LiveReport } from '../protocol/wire.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { sharingSource, type TestSource } from '../testing/sharing-source.ts';
import { sharingTabsOf, type TestTabs } from '../testing/sharing-tabs.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { coarseAccuracyM } from './coarse.ts';
import { moved } from './earth.ts';
import { openSharing } from './open-sharing.ts';
import { openPrivatePlaces } from './private-places.ts';
import type { TabSharing } from './tab-sharing.ts';

const start = { lat: 43.7384, lng: 7.4246 };

interface Tab {
  readonly source: TestSource;
  readonly sharing: TabSharing;
  readonly sent: LiveReport[];
}

describe('sharing in the tabs of one browser', () => {
  let time: VirtualScheduler;
  let channel: TestTabs;
  let storage: TestSource['storage'];
  let first: Tab;
  let second: Tab;

  const open = async (leader: boolean): Promise<Tab> => {
    const sent: LiveReport[] = [];
    const source = sharingSource({ report: (report) => sent.push(report), storage, time });
    source.become('SYNCED', leader);
    const sharing = await openSharing(source, 'crew', () => channel.open());
    if (!sharing) throw new Error('Nobody is signed in.');
    await time.settle();
    return { source, sharing, sent };
  };
  const drive = async (tab: Tab, seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      const atMs = time.nowMs();
      const along = moved(start, 90, (atMs / 1000) % 1000);
      tab.sharing.report({ ...along, accuracyM: 6, headingDeg: 90, speedMps: 1, atMs });
      await time.advance(1_000);
      await time.settle();
    }
  };
  const modes = (): readonly string[] =>
    [first, second].map(({ sharing }) => sharing.state$.value.mode);

  beforeEach(async () => {
    time = virtualScheduler();
    channel = sharingTabsOf();
    storage = {
      ...{ caches: memoryKeyValue(), preferences: memoryKeyValue() },
      tabsName: () => 'jamz-of-ana',
    };
    first = await open(true);
    second = await open(false);
  });

  it('[PS24] said in one tab it holds in all, also in one that comes later', async () => {
    first.sharing.set('precise');
    await time.settle();
    const third = await open(false);
    deepEqual([...modes(), third.sharing.state$.value.mode], ['precise', 'precise', 'precise']);
    third.sharing.set('off');
    await time.settle();
    deepEqual([...modes(), third.sharing.state$.value.mode], ['off', 'off', 'off']);
    deepEqual(first.sent.at(-1)?.fix, null);
  });

  it('[PS24] is told by the tab that leads alone, whichever hears where the device is', async () => {
    second.sharing.set('precise');
    await time.settle();
    await drive(second, 3);
    equal(second.sent.length, 0);
    ok(first.sent.some(({ fix }) => fix));
    equal(new Set(first.sent.map(({ deviceId }) => deviceId)).size, 1);
  });

  it('[PS24] tells nothing precise once another tab said coarse, though its word is on its way still', async () => {
    first.sharing.set('precise');
    await drive(first, 2);
    channel.hold();
    second.sharing.set('coarse');
    const before = first.sent.length;
    await drive(first, 3);
    const after = first.sent.slice(before);
    ok(after.length > 0);
    ok(after.every(({ fix }) => fix?.accuracyM === coarseAccuracyM));
  });

  it('[PS24] shows less where two tabs say different things at once', async () => {
    channel.hold();
    second.sharing.set('coarse');
    first.sharing.set('precise');
    channel.release();
    await time.settle();
    deepEqual(modes(), ['coarse', 'coarse']);
  });

  it('[PS24] goes on in the next tab when the one that leads is closed', async () => {
    first.sharing.set('precise', { until: time.nowMs() + 600_000 });
    await drive(first, 2);
    first.sharing.close();
    second.source.become('SYNCED', true);
    await drive(second, 3);
    deepEqual(second.sent.at(-1)?.untilMs, first.sent.at(-1)?.untilMs);
    ok(second.sent.at(-1)?.fix);
  });

  it('[PS24] a tab that led and was frozen tells nothing of what was said to be off since', async () => {
    first.sharing.set('precise');
    await drive(first, 2);
    // Frozen: it hears neither of the next leader nor of what is said there.
    channel.hold();
    second.source.become('SYNCED', true);
    second.sharing.set('off');
    await time.settle();
    const before = first.sent.length;
    await drive(first, 5);
    ok(first.sent.slice(before).every(({ fix }) => fix === null));
  });

  it('[PS24] [PS19] knows the private places that another tab added before it tells the next fix', async () => {
    first.sharing.set('precise');
    await drive(first, 2);
    const { caches: sealed, preferences: marks } = storage;
    // Another tab has them in memory of its own.
    const elsewhere = openPrivatePlaces({ sealed, marks, userId: 'ana', random: time.random });
    await elsewhere.add({ ...start, radiusM: 5_000 });
    const before = first.sent.length;
    await drive(first, 20);
    const after = first.sent.slice(before);
    deepEqual(
      after.map(({ fix }) => fix),
      [null],
    );
    equal(second.sharing.state$.value.hidden, true);
  });

  it('[PS8] ends in every tab at its time', async () => {
    second.sharing.set('precise', { until: time.nowMs() + 5_000 });
    await time.advance(5_001);
    deepEqual(modes(), ['off', 'off']);
    equal((await open(false)).sharing.state$.value.mode, 'off');
  });

  it('[PS21] is not paused by a tab that is hidden while another tells where the device is', async () => {
    second.sharing.set('precise');
    await time.settle();
    await drive(second, 2);
    first.sharing.set('precise', { paused: true });
    equal(first.sharing.state$.value.pausedAtMs, undefined);
    second.sharing.set('precise', { paused: true });
    await time.settle();
    ok(second.sharing.state$.value.pausedAtMs);
    ok(first.sent.at(-1)?.pausedAtMs);
  });

  it('[PS22] ends in every tab with the sign-in, and is not begun again by the next one', async () => {
    first.sharing.set('precise');
    await time.settle();
    for (const { source } of [first, second]) {
      source.user = undefined;
      source.become('ERROR');
    }
    deepEqual(modes(), ['off', 'off']);
    await time.settle();
    equal((await open(true)).sharing.state$.value.mode, 'off');
  });
});
