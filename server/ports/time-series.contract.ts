import { deepEqual, equal, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Point, SeriesQuery, Tags, TimeSeries } from './time-series.ts';

const startMs = Date.UTC(2026, 10, 20, 8);
const minuteMs = 60_000;

/** What every adapter of the port must do. Each test gets an empty one from `make`. */
export function timeSeriesContract(name: string, make: () => Promise<TimeSeries>): void {
  describe(`${name} keeps the promise of time series`, () => {
    let series: TimeSeries;
    beforeEach(async () => {
      series = await make();
    });
    afterEach(() => series.close());

    const read = (query: Partial<SeriesQuery> = {}) => series.read({ ...allOf, ...query });
    const times = async (query: Partial<SeriesQuery> = {}) =>
      (await read(query)).map(({ atMs }) => (atMs - startMs) / 1_000);

    it('gives back what was written, in the order of its time', async () => {
      const points = [fix(2, ana), fix(0, ana), fix(1, bo)];
      await series.write(points);
      deepEqual(await read(), [points[1], points[2], points[0]]);
    });

    it('keeps numbers as they are: far south, exact to a millimetre, unknown', async () => {
      const fields = {
        ...fix(0, ana).fields,
        lat: -89.99999999,
        lng: 179.12345678,
        headingDeg: -1,
      };
      await series.write([{ ...fix(0, ana), fields }]);
      deepEqual((await read())[0]?.fields, fields);
    });

    it('takes the same points again as the same points', async () => {
      await series.write([fix(0, ana), fix(1, ana)]);
      await series.write([fix(1, ana), fix(2, ana)]);
      deepEqual(await times(), [0, 1, 2]);
    });

    it('lets the last of one time and one device stand', async () => {
      await series.write([fix(0, ana)]);
      await series.write([{ ...fix(0, ana), fields: { ...fix(0, ana).fields, lat: 7 } }]);
      deepEqual(
        (await read()).map(({ fields }) => fields['lat']),
        [7],
      );
    });

    it('writes nothing where there is nothing', async () => {
      await series.write([]);
      deepEqual(await read(), []);
    });

    it('finds by tags, one of several too, and in a span whose end is not in it', async () => {
      await series.write([fix(0, ana), fix(1, bo), fix(2, cem), fix(3, ana)]);
      deepEqual(await times({ tags: { group: 'road', member: ['ana', 'bo'] } }), [0, 1, 3]);
      deepEqual(await times({ tags: { member: 'cem' } }), [2]);
      deepEqual(await times({ tags: { group: 'sea' } }), [2]);
      deepEqual(await times({ tags: { member: [] } }), []);
      deepEqual(await times({ fromMs: startMs + 1_000, toMs: startMs + 3_000 }), [1, 2]);
    });

    it('gives the last point of each window for each device, with its own time', async () => {
      const seconds = Array.from({ length: 130 }, (_, second) => second);
      await series.write(seconds.map((second) => fix(second, ana)));
      await series.write([fix(61, bo), fix(62, bo)]);
      deepEqual(await times({ everyMs: minuteMs }), [59, 62, 119, 129]);
      equal((await read({ everyMs: minuteMs }))[0]?.fields['lat'], fix(59, ana).fields['lat']);
    });

    it('adds up windows', async () => {
      const play = (second: number, group: string, heardMs: number): Point => ({
        ...{ series: 'plays', tags: { site: 's1', group }, atMs: startMs + second * 1_000 },
        fields: { plays: 1, heardMs },
      });
      await series.write([play(1, 'road', 1_000), play(5, 'road', 500), play(70, 'road', 10)]);
      await series.write([play(2, 'sea', 7)]);
      const sums = await read({
        series: 'plays',
        tags: { group: 'road' },
        everyMs: minuteMs,
        combine: 'sum',
      });
      deepEqual(
        sums.map(({ atMs, fields }) => [atMs - startMs, fields]),
        [
          [0, { plays: 2, heardMs: 1_500 }],
          [minuteMs, { plays: 1, heardMs: 10 }],
        ],
      );
    });

    it('gives at most what is asked for, the earliest', async () => {
      await series.write([fix(0, ana), fix(1, bo), fix(2, ana), fix(3, bo)]);
      deepEqual(await times({ limit: 3 }), [0, 1, 2]);
    });

    it('keeps series apart', async () => {
      const gap: Point = {
        ...{ series: 'gaps', tags: { of: 'positions', process: 'p1' }, atMs: startMs },
        fields: { untilMs: startMs + 5, missing: 3 },
      };
      await series.write([fix(0, ana), gap]);
      deepEqual(await read({ series: 'gaps', tags: { of: 'positions' } }), [gap]);
      equal((await read()).length, 1);
    });

    it('[PS16] forgets one member for good, and nobody else', async () => {
      await series.write([fix(0, ana), fix(1, bo), fix(2, { ...ana, group: 'sea' })]);
      await series.forget({ series: 'positions', tags: { member: 'ana', group: 'road' } });
      deepEqual(await times(), [1, 2]);
      await series.forget({ series: 'positions', tags: { member: 'ana' } });
      deepEqual(await times(), [1]);
    });

    it('[PS15] forgets what is older, of one member and of all', async () => {
      const dayMs = 24 * 3_600_000;
      const day = (index: number, tags: Tags): Point => ({
        ...fix(0, tags),
        atMs: startMs - index * dayMs,
      });
      const days = async () =>
        (await read({ fromMs: 0 })).map(
          ({ atMs, tags }) => `${tags['member']} ${(startMs - atMs) / dayMs}`,
        );
      await series.write([0, 2, 9].flatMap((index) => [day(index, ana), day(index, bo)]));
      const beforeMs = startMs - dayMs;
      await series.forget({ series: 'positions', tags: { member: 'ana' }, beforeMs });
      deepEqual((await days()).sort(), ['ana 0', 'bo 0', 'bo 2', 'bo 9']);
      await series.forget({ series: 'positions', tags: {}, beforeMs: startMs - 5 * dayMs });
      deepEqual((await days()).sort(), ['ana 0', 'bo 0', 'bo 2']);
    });

    it('takes what comes after what was forgotten', async () => {
      await series.write([fix(0, ana)]);
      await series.forget({ series: 'positions', tags: { member: 'ana' } });
      await series.write([fix(0, ana), fix(1, ana)]);
      deepEqual(await times(), [0, 1]);
    });

    it('stays as it is when it is tidied while everything is young', async () => {
      await series.write([fix(0, ana), fix(1, ana)]);
      await series.tidy(startMs + minuteMs);
      deepEqual(await times(), [0, 1]);
    });

    it('says what it is, and whether it can forget', async () => {
      const { name: said, canForget } = await series.describe();
      equal(said.length > 0, true);
      equal(canForget, true);
    });

    it('takes nothing once it is closed', async () => {
      await series.close();
      await rejects(
        series.write([fix(0, ana)]),
        (error) => error instanceof JamzError && error.code === 'unavailable',
      );
    });
  });
}

const ana: Tags = { site: 's1', group: 'road', member: 'ana', device: 'd1' };
const bo: Tags = { ...ana, member: 'bo', device: 'd2' };
const cem: Tags = { ...ana, group: 'sea', member: 'cem', device: 'd3' };

function fix(second: number, tags: Tags): Point {
  const lat = 48.2 + second / 1_000;
  const fields = { lat, lng: 16.4, accuracyM: 5, headingDeg: 90.5, speedMps: 12, coarse: 0 };
  return { series: 'positions', tags, atMs: startMs + second * 1_000, fields };
}

const allOf: SeriesQuery = {
  series: 'positions',
  tags: {},
  fromMs: startMs - 30 * 24 * 3_600_000,
  toMs: startMs + 3_600_000,
  everyMs: 1,
  combine: 'last',
  limit: 1_000,
};
