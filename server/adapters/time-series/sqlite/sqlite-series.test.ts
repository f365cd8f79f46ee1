import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { timeSeriesContract } from '../../../ports/time-series.contract.ts';
import type { Point, TimeSeries } from '../../../ports/time-series.ts';
import { sqliteSeries } from './sqlite-series.ts';

timeSeriesContract('SQLite', async () => sqliteSeries({ path: ':memory:' }));

const dayMs = 24 * 3_600_000;
const nowMs = 100 * dayMs;

function fix(atMs: number, device = 'd1'): Point {
  const tags = { site: 's1', group: 'road', member: 'ana', device };
  const fields = { lat: 1, lng: 2, accuracyM: 5, headingDeg: -1, speedMps: -1, coarse: 0 };
  return { series: 'positions', tags, atMs, fields };
}

async function timesIn(series: TimeSeries): Promise<number[]> {
  const query = { series: 'positions', tags: {}, fromMs: 0, toMs: nowMs } as const;
  const points = await series.read({ ...query, everyMs: 1, combine: 'last', limit: 1e6 });
  return points.map(({ atMs }) => atMs);
}

describe('SQLite’s time series stay small', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'jamz-series-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('keeps one position a minute of what is a week old, the last, and all of what is younger', async () => {
    const series = sqliteSeries({ path: join(folder, 'thin.sqlite') });
    const old = nowMs - 8 * dayMs;
    const young = nowMs - dayMs;
    const each = (from: number) => Array.from({ length: 90 }, (_, at) => from + at * 1_000);
    await series.write(
      [...each(old), ...each(old + dayMs / 2), ...each(young)].map((at) => fix(at)),
    );
    await series.tidy(nowMs);
    await series.tidy(nowMs);
    deepEqual(await timesIn(series), [
      ...[old + 59_000, old + 89_000, old + dayMs / 2 + 59_000, old + dayMs / 2 + 89_000],
      ...each(young),
    ]);
    // What arrives late, from a phone that was in the dark, is thinned with the next day.
    await series.write([fix(old + 90_000), fix(old + dayMs)]);
    await series.tidy(nowMs + dayMs);
    ok((await timesIn(series)).includes(old + dayMs));
    await series.close();
  });

  it('lets the oldest give way where it is larger than it may be', async () => {
    const path = join(folder, 'small.sqlite');
    const maxBytes = 1_000_000;
    const series = sqliteSeries({ path, maxBytes });
    for (let start = 0; start < 12_000; start += 1_000) {
      await series
        .write(
          Array.from({ length: 1_000 }, (_, at) => fix(nowMs - dayMs + start + at, `d${at % 3}`)),
        )
        .catch(() => {});
      await series.tidy(nowMs);
    }
    const times = await timesIn(series);
    ok(times.length > 2_000 && times.length < 12_000, `${times.length} left`);
    equal(times.at(-1), nowMs - dayMs + 11_999);
    await series.close();
    ok(statSync(path).size < maxBytes * 1.5);
  });

  it('is `storage-full` where there is no room, and takes points again once there is', async () => {
    const series = sqliteSeries({ path: join(folder, 'full.sqlite'), maxBytes: 300_000 });
    const batch = Array.from({ length: 20_000 }, (_, at) => fix(nowMs - dayMs + at));
    await series.write(batch).then(
      () => ok(false, 'it fitted'),
      (error) => equal(error.code, 'storage-full'),
    );
    await series.write([fix(nowMs - 1)]);
    deepEqual(await timesIn(series), [nowMs - 1]);
    await series.close();
  });

  it('is one file for several processes', async () => {
    const path = join(folder, 'shared.sqlite');
    const [one, other] = [sqliteSeries({ path }), sqliteSeries({ path })];
    await one.write([fix(1)]);
    await other.write([fix(2)]);
    await other.forget({ series: 'positions', tags: { member: 'ana' } });
    // Its set of tags is gone from under the first.
    await one.write([fix(3)]);
    deepEqual(await timesIn(other), [3]);
    await one.close();
    await other.close();
  });
});
