import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Fix, LiveMessage } from '../../sdk/protocol/wire.ts';
import { createLive, type Live } from './live.ts';
import {
  actor,
  createSyncBench,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');
const bo = actor('bo');

describe('Positions', () => {
  let bench: SyncBench;
  let live: Live;
  let endTurn: () => void;
  const told = (): LiveMessage[] =>
    bench.told.flatMap((message) => (message.kind === 'live' ? [message.message] : []));
  const fix = (atMs: number, lat = 48): Fix => ({ lat, lng: 16, accuracyM: 5, atMs });
  const report = (who: typeof ana, at: Fix | null, deviceId = 'phone') =>
    live.report(who, { scope: road, deviceId, mode: at ? 'precise' : 'off', fix: at });

  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    let flush = () => {};
    endTurn = () => flush();
    live = createLive({ ...bench, schedule: (run) => (flush = run) });
    bench.told.length = 0;
  });

  it('[WR8] of one turn travel in one message per group, the newest of each device', async () => {
    const nowMs = bench.clock.nowMs();
    await report(ana, fix(nowMs - 2, 1));
    await report(ana, fix(nowMs - 1, 2));
    await report(bo, fix(nowMs, 3));
    endTurn();
    deepEqual(
      told().map(({ entries }) => entries.map((entry) => [entry.memberId, entry.fix?.lat])),
      [
        [
          ['ana', 2],
          ['bo', 3],
        ],
      ],
    );
    equal(live.known(road).entries.length, 2);
  });

  it('[PS3] that are off are told to everybody before their device is told that it was heard', async () => {
    await report(ana, fix(bench.clock.nowMs()));
    endTurn();
    await report(ana, null);
    deepEqual(
      told().map(({ entries }) => entries.map((entry) => entry.fix?.lat)),
      [[48], [undefined]],
    );
    endTurn();
    equal(told().length, 2);
  });

  it('[PS5] that are older than what is known change nothing', async () => {
    const nowMs = bench.clock.nowMs();
    await report(ana, fix(nowMs, 2));
    endTurn();
    await report(ana, fix(nowMs - 5, 1));
    equal(live.known(road).entries[0]?.fix?.lat, 2);
    equal(told().length, 1);
  });

  it('[PS3] are gone when the device says off, also for fixes that were still on their way', async () => {
    const nowMs = bench.clock.nowMs();
    await report(ana, fix(nowMs));
    endTurn();
    bench.clock.advance(1_000);
    await report(ana, null);
    endTurn();
    equal(told()[1]?.entries[0]?.fix, null);
    deepEqual(live.known(road).entries, []);
    await report(ana, fix(nowMs + 500));
    endTurn();
    deepEqual(live.known(road).entries, []);
  });

  it('[PS26] that are exact say which place was reached, others do not, whatever a device says', async () => {
    const { scope, deviceId } = { scope: road, deviceId: 'phone' };
    const visit = { placeId: 'p1', kind: 'arrived' as const, atMs: bench.clock.nowMs() };
    const at = fix(bench.clock.nowMs());
    await live.report(ana, { scope, deviceId, mode: 'precise', fix: at, visit });
    endTurn();
    deepEqual(live.known(road).entries[0]?.visit, visit);
    await live.report(ana, { scope, deviceId, mode: 'coarse', fix: at, visit });
    await live.report(bo, { scope, deviceId, mode: 'off', fix: null, visit });
    endTurn();
    deepEqual(
      told()
        .slice(1)
        .flatMap(({ entries }) => entries.map((entry) => entry.visit)),
      [undefined, undefined],
    );
    const early = { ...visit, atMs: bench.clock.nowMs() + 120_000 };
    const report = { scope, deviceId, mode: 'precise' as const, fix: at, visit: early };
    await rejects(live.report(ana, report), { code: 'clock-ahead' });
  });

  it('[PS26] say nothing of a place any more when they are over', async () => {
    const visit = { placeId: 'p1', kind: 'arrived' as const, atMs: bench.clock.nowMs() };
    const at = fix(bench.clock.nowMs());
    await live.report(ana, { scope: road, deviceId: 'phone', mode: 'precise', fix: at, visit });
    bench.bus.publish({
      kind: 'ended',
      userId: 'ana',
      ended: { scope: road, code: 'removed', message: 'Removed' },
    });
    endTurn();
    deepEqual(
      [told().at(-1)?.entries[0]?.fix, told().at(-1)?.entries[0]?.visit],
      [null, undefined],
    );
  });

  it('[PS18] that are coarse have neither course nor speed, whatever a device says', async () => {
    const { scope, deviceId } = { scope: road, deviceId: 'phone' };
    const sharp = { ...fix(bench.clock.nowMs()), headingDeg: 90, speedMps: 12 };
    await live.report(ana, { scope, deviceId, mode: 'coarse', fix: sharp });
    endTurn();
    deepEqual(Object.keys(told()[0]?.entries[0]?.fix ?? {}).sort(), [
      ...['accuracyM', 'atMs', 'lat', 'lng'],
    ]);
  });

  it('[PS8] are gone at the time that their person chose, though the device says nothing', async () => {
    const untilMs = bench.clock.nowMs() + 60_000;
    const due: { delayMs: number; run: () => void }[] = [];
    live = createLive({
      ...bench,
      schedule: (run) => (endTurn = run),
      after: (delayMs, run) => due.push({ delayMs, run }),
    });
    const shared = { scope: road, deviceId: 'phone', mode: 'precise', untilMs } as const;
    await live.report(ana, { ...shared, fix: fix(bench.clock.nowMs()) });
    endTurn();
    await live.report(ana, { ...shared, fix: fix(bench.clock.nowMs() + 1) });
    endTurn();
    equal(live.known(road).entries.length, 1);
    bench.clock.advance(60_000);
    deepEqual(live.known(road).entries, []);
    deepEqual(
      due.map(({ delayMs }) => delayMs),
      [60_000],
    );
    for (const { run } of due) run();
    endTurn();
    equal(told().at(-1)?.entries[0]?.fix, null);
    await live.report(ana, { ...shared, fix: fix(bench.clock.nowMs()) });
    deepEqual(live.known(road).entries, []);
  });

  it('[PS4] from more than a minute ahead are refused', async () => {
    await rejects(report(ana, fix(bench.clock.nowMs() + 60_001)), { code: 'clock-ahead' });
    await report(ana, fix(bench.clock.nowMs() + 60_000));
  });

  it('[PS9] leave the log as it was', async () => {
    const before = await bench.logs.viewOf(road);
    await report(ana, fix(bench.clock.nowMs()));
    endTurn();
    equal(told().length, 1);
    const after = await bench.logs.viewOf(road);
    deepEqual([after.seq, after.hash], [before.seq, before.hash]);
  });

  it('[PS7] are for members to report', async () => {
    await rejects(report(actor('eve'), fix(0)), { code: 'forbidden' });
  });

  it('[PS7] of a member who leaves go with them', async () => {
    await report(bo, fix(bench.clock.nowMs()));
    endTurn();
    const phone = testReplica('ana');
    await bench.logs.push(ana, phone.push(phone.op('members.remove', { memberId: 'bo' })));
    deepEqual(live.known(road).entries, []);
    endTurn();
    deepEqual(told().at(-1)?.entries[0]?.fix, null);
  });

  it('are kept for a handful of devices of one member', async () => {
    for (let index = 0; index < 16; index++) await report(ana, fix(1), `device-${index}`);
    endTurn();
    await rejects(report(ana, fix(1), 'one-more'), { code: 'quota-exceeded' });
  });
});
