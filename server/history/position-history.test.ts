import { deepEqual, equal, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Member } from '../../sdk/merge/states.ts';
import type { LiveEntry } from '../../sdk/protocol/wire.ts';
import { virtualScheduler } from '../../sdk/testing/virtual-scheduler.ts';
import type { Actor } from '../access/actor.ts';
import { createInProcessBus } from '../adapters/bus/in-process.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { sqliteSeries } from '../adapters/time-series/sqlite/sqlite-series.ts';
import type { Bus } from '../ports/bus.ts';
import type { Store } from '../ports/store.ts';
import type { TimeSeries } from '../ports/time-series.ts';
import type { View } from '../sync/view.ts';
import { createHistory, type History } from './history.ts';

const startMs = Date.UTC(2026, 10, 20);
const dayMs = 24 * 3_600_000;

describe('the history of positions', () => {
  let time: ReturnType<typeof virtualScheduler>;
  let store: Store;
  let series: TimeSeries;
  let bus: Bus;
  let history: History;
  let present: Map<string, Member>;
  const bugs: unknown[] = [];

  beforeEach(async () => {
    time = virtualScheduler(startMs);
    store = createSqliteStore({ path: ':memory:' });
    series = sqliteSeries({ path: ':memory:' });
    bus = createInProcessBus((error) => bugs.push(error));
    present = new Map([member('ana', 0), member('bo', 0)]);
    history = open(30);
    await store.memberships.createGroup({
      ...{ groupId: 'road', siteId: 's1', name: 'Road', memberCount: 2, deleted: false },
      ...{ policies: { join: 'open', add: 'everyone', control: 'everyone' }, place: null },
    });
  });
  afterEach(async () => {
    await history.close();
    await series.close();
    await store.close();
    deepEqual(bugs.splice(0), []);
  });

  function open(maxDays: number): History {
    return createHistory({
      ...{ store, series, bus, maxDays, processId: 'p1', random: () => 0.5 },
      logs: {
        // Who may come in at all is the table's to say, and its own tests'.
        admit: async () => ({ state: { kind: 'group', members: { present } } }) as unknown as View,
        onCommitted: () => () => {},
      },
      clock: time,
      timers: { ...time, every: () => () => {}, afterTurn: setImmediate },
      onState: () => {},
      onBug: (error) => bugs.push(error),
    });
  }

  const share = async (memberId: string, more: Partial<LiveEntry> = {}): Promise<void> => {
    const fix = { lat: 48.2, lng: 16.4, accuracyM: 5, headingDeg: 90, atMs: time.nowMs() };
    const entry: LiveEntry = { memberId, deviceId: 'd1', mode: 'precise', fix, ...more };
    bus.publish({ kind: 'live', message: { scope: 'g:road', entries: [entry] } });
    await time.advance(2_000);
  };
  const seen = async (by: string, memberId?: string, days = 0) => {
    const span = { fromMs: startMs - days * dayMs, toMs: time.nowMs() + 60_000 };
    const asked = { ...span, ...(memberId === undefined ? {} : { memberId }) };
    const { fixes } = await history.positions.page(actor(by), 'road', asked);
    return fixes.map((fix) => `${fix.memberId} ${(fix.atMs - startMs) / 1_000}`);
  };

  it('[PS13] keeps what was shared as it was shared, and nothing of who is off', async () => {
    const coarse = { lat: 48.21, lng: 16.41, accuracyM: 707, atMs: time.nowMs() };
    await share('ana', { mode: 'coarse', fix: coarse });
    await share('ana', { mode: 'off', fix: null });
    const { fixes, everyMs, gaps } = await history.positions.page(actor('ana'), 'road', {
      ...{ fromMs: startMs, toMs: startMs + 60_000 },
    });
    deepEqual(fixes, [{ memberId: 'ana', deviceId: 'd1', mode: 'coarse', ...coarse }]);
    deepEqual([everyMs, gaps], [1, []]);
  });

  it('[PS14] is a person’s own until they let their group see it, and again when they take that back', async () => {
    await share('ana');
    deepEqual([await seen('ana'), await seen('bo'), await seen('bo', 'ana')], [['ana 0'], [], []]);
    await history.choose(actor('ana'), { seenBy: 'group' });
    deepEqual(await seen('bo'), ['ana 0']);
    await history.choose(actor('ana'), { seenBy: 'me' });
    deepEqual([await seen('ana'), await seen('bo')], [['ana 0'], []]);
  });

  it('[PS14] shows nobody what they could not have seen then', async () => {
    await history.choose(actor('ana'), { seenBy: 'group' });
    await share('ana');
    await time.advance(60_000);
    present.set(...member('cem', time.nowMs()));
    await share('ana');
    equal((await seen('bo')).length, 2);
    deepEqual(await seen('cem'), [`ana ${(time.nowMs() - startMs) / 1_000 - 2}`]);
    // Who came back shows what they shared since.
    present.set(...member('ana', time.nowMs()));
    deepEqual(await seen('bo'), []);
  });

  it('[PS14] is of members: of others there is nothing to ask for, and nobody else asks', async () => {
    await share('ana');
    await rejects(history.positions.page(actor('ana'), 'road', { ...whole, memberId: 'zoe' }), {
      code: 'not-found',
    });
    await rejects(history.positions.page(actor('zoe'), 'road', whole), { code: 'forbidden' });
  });

  it('[PS15] records nothing of who keeps no history, and drops at once what they had', async () => {
    await share('ana');
    await history.choose(actor('ana'), { keepDays: 0 });
    await share('ana');
    await history.choose(actor('ana'), { keepDays: null });
    deepEqual(await seen('ana'), []);
    await time.advance(60_000);
    await share('ana');
    equal((await seen('ana')).length, 1);
  });

  it('[PS15] goes no further back than person and site say, and the database forgets the rest', async () => {
    const old = (days: number) => ({
      fix: { lat: 1, lng: 2, accuracyM: 5, atMs: startMs - days * dayMs },
    });
    for (const days of [0, 3, 10, 29, 35]) {
      await share('ana', old(days));
      await share('bo', old(days));
    }
    await history.choose(actor('ana'), { keepDays: 5 });
    await history.choices.setDaysOf('s1', 20);
    await rejects(history.choices.setDaysOf('s1', 31), { code: 'invalid' });
    equal((await seen('ana', 'ana', 40)).length, 2);
    equal((await seen('bo', 'bo', 40)).length, 3);
    await history.tidy();
    const left = await series.read({
      ...{ series: 'positions', tags: {}, fromMs: 0, toMs: time.nowMs(), everyMs: 1 },
      ...{ combine: 'last', limit: 100 },
    });
    equal(left.length, 5);
  });

  it('[PS16] is forgotten when its person says so, with what still waits to be written', async () => {
    await share('ana');
    await share('bo');
    const fix = { lat: 1, lng: 2, accuracyM: 5, atMs: time.nowMs() };
    const entry: LiveEntry = { memberId: 'ana', deviceId: 'd1', mode: 'precise', fix };
    bus.publish({ kind: 'live', message: { scope: 'g:road', entries: [entry] } });
    await time.advance(10);
    await history.forget('ana');
    await time.advance(5_000);
    deepEqual([await seen('ana', 'ana'), (await seen('bo', 'bo')).length], [[], 1]);
    for await (const left of history.fixesOf('ana')) equal(left, undefined);
  });

  it('[PS16] goes with the membership', async () => {
    await share('ana');
    const ended = { scope: 'g:road', code: 'removed', message: 'Out' } as const;
    bus.publish({ kind: 'ended', userId: 'ana', ended });
    await time.advance(1_000);
    deepEqual(await seen('ana', 'ana'), []);
  });

  it('is thinner the longer the span, and has its end', async () => {
    for (let at = 0; at < 30; at++) {
      const fixes = Array.from({ length: 100 }, (_, index) => {
        const atMs = startMs - dayMs + (at * 100 + index) * 1_000;
        return { lat: 1, lng: 2, accuracyM: 5, atMs };
      });
      for (const fix of fixes) {
        const entry: LiveEntry = { memberId: 'ana', deviceId: 'd1', mode: 'precise', fix };
        bus.publish({ kind: 'live', message: { scope: 'g:road', entries: [entry] } });
      }
    }
    await time.advance(30_000);
    const day = { fromMs: startMs - dayMs, toMs: startMs };
    const { fixes, everyMs } = await history.positions.page(actor('ana'), 'road', day);
    equal(everyMs, 60_000);
    equal(fixes.length, 50);
    equal(fixes.at(-1)?.atMs, startMs - dayMs + 2_999_000);
    const short = { fromMs: startMs - dayMs, toMs: startMs - dayMs + 1_000_000 };
    equal((await history.positions.page(actor('ana'), 'road', short)).fixes.length, 1_000);
  });

  it('gives a person all of it to take along, page by page', async () => {
    const points = Array.from({ length: 11_000 }, (_, at) => ({
      series: 'positions' as const,
      tags: { site: 's1', group: 'road', member: 'ana', device: `d${at % 2}` },
      atMs: startMs - dayMs + Math.floor(at / 2),
      fields: { lat: at, lng: 2, accuracyM: 5, headingDeg: -1, speedMps: -1, coarse: 0 },
    }));
    await series.write(points);
    const taken = new Set<number>();
    for await (const { lat, groupId } of history.fixesOf('ana')) {
      equal(groupId, 'road');
      taken.add(lat);
    }
    equal(taken.size, 11_000);
  });

  it('is not kept at all where the installation says so', async () => {
    await history.close();
    history = open(0);
    await share('ana');
    deepEqual(await seen('ana'), []);
    equal(
      (
        await series.read({
          ...whole,
          series: 'positions',
          tags: {},
          everyMs: 1,
          combine: 'last',
          limit: 9,
        })
      ).length,
      0,
    );
  });
});

const whole = { fromMs: 0, toMs: startMs + dayMs };

function member(memberId: string, joinedAtMs: number): [string, Member] {
  const rest = { name: memberId, photoFileId: null, incarnation: 1 } as const;
  return [memberId, { memberId, role: 'member', joinedAtMs, ...rest }];
}

function actor(userId: string): Actor {
  const rest = { guest: true, siteAdmin: false, familyId: 'f', expiresAtMs: 0 };
  return { userId, siteId: 's1', name: userId, ...rest };
}
