import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import type { LiveReport } from '../protocol/wire.ts';
import { sharingSource, type TestSource } from '../testing/sharing-source.ts';
import { moved } from './earth.ts';
import { openSharing } from './open-sharing.ts';
import { privatePlacesOf } from './private-places.ts';
import type { TabSharing } from './tab-sharing.ts';

const start = { lat: 43.7384, lng: 7.4246 };

describe('sharing where there is no network', () => {
  let sent: LiveReport[];
  let source: TestSource;
  let sharing: TabSharing;
  let driven: number;

  const open = async (): Promise<TabSharing> => {
    const opened = await openSharing(source, 'crew');
    if (!opened) throw new Error('Nobody is signed in.');
    return opened;
  };
  beforeEach(async () => {
    sent = [];
    driven = 0;
    source = sharingSource({ report: (report) => sent.push(report) });
    sharing = await open();
  });

  const drive = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      driven += 1;
      sharing.report({
        ...moved(start, 90, driven * 12),
        ...{ accuracyM: 6, headingDeg: 90, speedMps: 12, atMs: source.time.nowMs() },
      });
      source.time.jumpWall(1_000);
    }
    await source.time.settle();
  };
  const rows = (): readonly (readonly number[])[] =>
    source.asked.flatMap(({ body }) => (body as { fixes: number[][] }).fixes);

  it('[PS10] keeps every fix of a tunnel and uploads them when it is over, none twice', async () => {
    sharing.set('precise');
    await drive(5);
    source.become('OFFLINE');
    await drive(40);
    equal(source.asked.length, 0);
    source.become('SYNCING');
    await source.time.settle();
    deepEqual(
      source.asked.map(({ path }) => path),
      ['groups/crew/positions'],
    );
    const times = rows().map(([atMs]) => atMs);
    // Those just before it, too: they may not have been heard.
    equal(times.length, 45);
    equal(new Set(times).size, 45);
    await drive(3);
    source.become('SYNCED');
    await source.time.settle();
    equal(source.asked.length, 1);
  });

  it('[PS10] tries again later what the server could not take', async () => {
    sharing.set('precise');
    source.become('OFFLINE');
    await drive(10);
    source.answer = () => Promise.reject(new JamzError('unavailable', 'Later.'));
    source.become('SYNCED');
    await source.time.settle();
    source.answer = async () => ({ kept: 10 });
    await source.time.advance(30_000);
    equal(source.asked.length, 2);
    deepEqual(source.asked[0]?.body, source.asked[1]?.body);
    await source.time.advance(60_000);
    equal(source.asked.length, 2);
  });

  it('[PS10] [PS25] goes on after a reload, and uploads what the earlier page kept', async () => {
    sharing.set('precise', { until: source.time.nowMs() + 3_600_000 });
    source.become('OFFLINE');
    await drive(60);
    const state = sharing.state$.value;
    sharing.close();
    sharing = await open();
    deepEqual(sharing.state$.value, state);
    source.become('SYNCED');
    await source.time.settle();
    equal(rows().length, 60);
  });

  it('[PS25] is off where no page shared for a quarter of an hour, until its person shares again', async () => {
    sharing.set('precise');
    source.become('OFFLINE');
    await drive(60);
    sharing.close();
    source.time.jumpWall(16 * 60_000);
    sent = [];
    sharing = await open();
    equal(sharing.state$.value.mode, 'off');
    deepEqual(
      sent.map(({ fix }) => fix),
      [null],
    );
    source.become('SYNCED');
    await source.time.settle();
    equal(source.asked.length, 0);
    sharing.set('precise');
    await source.time.settle();
    equal(rows().length, 60);
  });

  it('[PS3] off in a tunnel leaves nothing to upload', async () => {
    sharing.set('precise');
    source.become('OFFLINE');
    await drive(60);
    sharing.set('off');
    source.become('SYNCED');
    await source.time.settle();
    sharing.set('precise');
    await source.time.settle();
    equal(source.asked.length, 0);
  });

  it('[PS12] coarse in a tunnel makes what waits coarse', async () => {
    sharing.set('precise');
    source.become('OFFLINE');
    await drive(60);
    sharing.set('coarse');
    await drive(10);
    sharing.set('precise');
    await drive(2);
    source.become('SYNCED');
    await source.time.settle();
    const precise = rows().filter((row) => row[6] === 0);
    // Where it is when that is said, and from then on.
    equal(precise.length, 3);
    ok(rows().every(([, , , , heading, , coarse]) => coarse === 0 || heading === -1));
  });

  it('[PS19] a private place hides also what was kept before it was one', async () => {
    sharing.set('precise');
    source.become('OFFLINE');
    await drive(60);
    const { caches: sealed, preferences: marks } = source.storage;
    const places = privatePlacesOf({ sealed, marks, userId: 'ana', random: source.time.random });
    await places.add({ ...start, radiusM: 5_000 });
    source.become('SYNCED');
    await source.time.settle();
    equal(rows().length, 0);
  });

  it('[PS9] is under the same id after a reload', async () => {
    sharing.set('off');
    source = sharingSource({
      ...{ report: (report) => sent.push(report), storage: source.storage },
      newId: () => 'another',
    });
    (await open()).set('off');
    deepEqual(
      sent.map(({ deviceId }) => deviceId),
      ['phone', 'phone'],
    );
  });

  it('[PS22] ends when somebody else signs in, and tells nothing under their name', async () => {
    sharing.set('precise');
    await drive(3);
    const before = sent.length;
    source.user = 'bo';
    await drive(3);
    source.become('SYNCING');
    await drive(3);
    equal(sent.length, before);
    deepEqual([sharing.state$.value.mode, sharing.state$.closed], ['off', true]);
  });

  it('[PS22] ends with the group', async () => {
    sharing.set('precise');
    await drive(3);
    source.isEnded = true;
    source.become('SYNCING');
    equal(sharing.state$.value.mode, 'off');
  });

  it('needs somebody', async () => {
    source.user = undefined;
    equal(await openSharing(source, 'crew'), undefined);
  });
});
