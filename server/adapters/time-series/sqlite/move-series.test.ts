import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { JamzError } from '../../../../sdk/protocol/errors.ts';
import { type Point, seriesNames, type TimeSeries } from '../../../ports/time-series.ts';
import { countSeries, moveSeries, type SeriesPlace } from './move-series.ts';
import { sqliteSeries } from './sqlite-series.ts';

const folder = mkdtempSync(join(tmpdir(), 'jamz-series-'));
const path = join(folder, 'time-series.sqlite');

const position = (member: string, device: string, atMs: number): Point => ({
  ...{ series: 'positions', tags: { site: 's1', group: 'road', member, device }, atMs },
  fields: { lat: 47 + atMs / 1e6, lng: 15, accuracyM: 5, headingDeg: -1, speedMps: 0, coarse: 0 },
});

describe('time series that move to another database', () => {
  let all: readonly Point[];

  before(async () => {
    const from = sqliteSeries({ path });
    const points: Point[] = [];
    for (let index = 0; index < 23; index++) points.push(position('ana', 'phone', index * 1_000));
    // At the same times, of another device; and somebody whose points are all forgotten.
    for (let index = 0; index < 10; index++) points.push(position('bo', 'watch', index * 1_000));
    for (let index = 0; index < 5; index++) points.push(position('eve', 'phone', index));
    for (let index = 0; index < 7; index++) {
      const tags = { site: 's1', group: `g${index}` };
      points.push({ series: 'plays', tags, atMs: 5, fields: { plays: 1, heardMs: index } });
    }
    await from.write(points);
    await from.forget({ series: 'positions', tags: { member: 'eve' } });
    all = await everythingIn(from);
    equal(all.length, 40);
    await from.close();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function everythingIn(series: TimeSeries): Promise<readonly Point[]> {
    const pages = seriesNames.map((name) =>
      series.read({
        ...{ series: name, tags: {}, fromMs: 0, toMs: 1e9, everyMs: 1, combine: 'last' },
        limit: 1_000,
      }),
    );
    return (await Promise.all(pages))
      .flat()
      .toSorted((a, b) =>
        JSON.stringify([a.tags, a.atMs]) < JSON.stringify([b.tags, b.atMs]) ? -1 : 1,
      );
  }

  it('[LG24] arrive whole, and say how many there are', async () => {
    const to = sqliteSeries({ path: ':memory:' });
    const told: string[] = [];
    const counts = await moveSeries({
      ...{ path, to, place: undefined, note: async () => {}, pointsPerWrite: 10 },
      tell: (done, of) => told.push(`${done} of ${of}`),
    });
    deepEqual(counts, { positions: 33, plays: 7, performance: 0, gaps: 0 });
    deepEqual(countSeries(path), counts);
    equal(told.at(-1), '40 of 40');
    deepEqual(await everythingIn(to), all);
    await to.close();
  });

  it('[LG24] go on where they were, whenever it was cut off', async () => {
    let wasWhole = false;
    // The write after so many words with the other database is one too many, before or after it has happened.
    for (let words = 0; !wasWhole; words++) {
      const to = sqliteSeries({ path: ':memory:' });
      let place: SeriesPlace | undefined;
      let left = words;
      const cut = () => {
        left -= 1;
        if (left < 0) throw new JamzError('unavailable', 'Cut off');
      };
      const attempt = () =>
        moveSeries({
          ...{ path, place, pointsPerWrite: 10, tell: () => {} },
          to: {
            async write(points) {
              cut();
              await to.write(points);
              cut();
            },
            read: (query) => to.read(query),
          },
          async note(now) {
            cut();
            place = now;
          },
        });
      wasWhole = await attempt().then(
        () => true,
        () => false,
      );
      left = Number.POSITIVE_INFINITY;
      await attempt();
      deepEqual(await everythingIn(to), all, `cut off after ${words}`);
      await to.close();
    }
  });

  it('[LG24] are told apart from what did not arrive as it was sent', async () => {
    const to = sqliteSeries({ path: ':memory:' });
    const notes: SeriesPlace[] = [];
    const lossy: Pick<TimeSeries, 'write' | 'read'> = {
      write: (points) => to.write(points.filter(({ atMs }) => atMs !== 12_000)),
      read: (query) => to.read(query),
    };
    await rejects(
      moveSeries({
        ...{ path, to: lossy, place: undefined, pointsPerWrite: 10, tell: () => {} },
        note: async (place) => void notes.push(place),
      }),
      { code: 'invalid', message: /positions 1 points did not arrive.*1970-01-01T00:00:12/ },
    );
    equal(notes.length, 1);
    await to.close();
  });
});
