import { deepEqual, equal, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Actor } from '../access/actor.ts';
import { sqliteSeries } from '../adapters/time-series/sqlite/sqlite-series.ts';
import type { Point, TimeSeries } from '../ports/time-series.ts';
import type { View } from '../sync/view.ts';
import { firstChoice, type HistoryChoice } from './history-choices.ts';
import { createLateFixes, type LateFix } from './late-fixes.ts';

const nowMs = Date.UTC(2026, 10, 20);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('fixes that come late', () => {
  let series: TimeSeries;
  let choice: HistoryChoice;
  let joinedAtMs: number;
  let onWrite: () => void;

  beforeEach(() => {
    series = sqliteSeries({ path: ':memory:' });
    choice = firstChoice;
    joinedAtMs = 0;
    onWrite = () => {};
  });
  afterEach(() => series.close());

  const take = (fixes: readonly LateFix[], who = 'ana'): Promise<number> => {
    const present = new Map([['ana', { joinedAtMs }]]);
    const late = createLateFixes({
      series: {
        ...series,
        write: async (points) => {
          onWrite();
          await series.write(points);
        },
      },
      choices: {
        of: async () => choice,
        daysOf: async () => 30,
        ...unused,
      },
      logs: {
        admit: async () => ({ state: { kind: 'group', members: { present } } }) as unknown as View,
      },
      clock: { nowMs: () => nowMs },
    });
    return late.take({ userId: who, siteId: 's1' } as Actor, 'road', 'd1', fixes);
  };
  const at = (agoMs: number, more: Partial<LateFix> = {}): LateFix => ({
    ...{ mode: 'precise', lat: 48.2, lng: 16.4, accuracyM: 5, atMs: nowMs - agoMs },
    ...more,
  });
  const kept = (): Promise<readonly Point[]> =>
    series.read({
      ...{ series: 'positions', tags: { member: 'ana' }, fromMs: 0, toMs: nowMs + dayMs },
      ...{ everyMs: 1, combine: 'last', limit: 100 },
    });
  const ages = async (): Promise<number[]> => (await kept()).map(({ atMs }) => nowMs - atMs);

  it('[PS10] are kept as they were shared, once, however often they come', async () => {
    equal(await take([at(2_000), at(1_000)]), 2);
    equal(await take([at(1_000), at(2_000)]), 2);
    deepEqual(await ages(), [2_000, 1_000]);
  });

  it('[PS18] that are coarse have neither course nor speed, whatever a device says', async () => {
    await take([at(1_000, { mode: 'coarse', headingDeg: 90, speedMps: 12 })]);
    const [point] = await kept();
    deepEqual(
      [point?.fields['headingDeg'], point?.fields['speedMps'], point?.fields['coarse']],
      [...[-1, -1, 1]],
    );
  });

  it('[PS10] are of the time since their person joined, and of the days that history has', async () => {
    joinedAtMs = nowMs - hourMs;
    equal(await take([at(2 * hourMs), at(1_000)]), 1);
    joinedAtMs = 0;
    equal(await take([at(31 * dayMs), at(2_000)]), 1);
    deepEqual(await ages(), [2_000, 1_000]);
  });

  it('[PS16] are none of what was forgotten, nor of who wants nothing kept', async () => {
    choice = { ...firstChoice, forgottenMs: nowMs - 1_500 };
    equal(await take([at(2_000), at(1_000)]), 1);
    choice = { ...firstChoice, keepDays: 0 };
    equal(await take([at(500)]), 0);
    deepEqual(await ages(), [1_000]);
  });

  it('[PS16] are gone when their person wants to be forgotten while they are written', async () => {
    onWrite = () => {
      choice = { ...firstChoice, forgottenMs: nowMs };
    };
    await take([at(1_000)]);
    deepEqual(await kept(), []);
  });

  it('[PS4] from the future are refused', async () => {
    await rejects(take([at(-61_000)]), { code: 'clock-ahead' });
    deepEqual(await kept(), []);
  });

  it('[PS7] are for members to tell', async () => {
    await rejects(take([at(1_000)], 'eve'), { code: 'forbidden' });
  });
});

const unused = {
  choose: () => Promise.reject(new Error('Nobody chooses here.')),
  setDaysOf: () => Promise.reject(new Error('Nobody chooses here.')),
  async *exceptions() {},
  forget() {},
};
