import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../../../sdk/protocol/errors.ts';
import { timeSeriesContract } from '../../ports/time-series.contract.ts';
import type { Point, SeriesQuery, TimeSeries } from '../../ports/time-series.ts';
import { keptApart } from './kept-apart.ts';
import { sqliteSeries } from './sqlite/sqlite-series.ts';

const memory = (): TimeSeries => sqliteSeries({ path: ':memory:' });

/** As a version that deletes nothing. */
function unforgetting(): TimeSeries {
  const series = memory();
  return {
    ...series,
    async forget() {
      throw new JamzError('forbidden', 'It deletes nothing');
    },
    describe: async () => ({ name: 'Elephant', hint: 'forgets nothing', canForget: false }),
  };
}

timeSeriesContract('One that forgets, with another beside it', async () =>
  keptApart(memory(), memory()),
);
timeSeriesContract('One that cannot forget, with another beside it', async () =>
  keptApart(unforgetting(), memory()),
);

const fix: Point = {
  series: 'positions',
  tags: { site: 's1', group: 'road', member: 'ana', device: 'd1' },
  atMs: 5,
  fields: { lat: 1, lng: 2, accuracyM: 5, headingDeg: -1, speedMps: -1, coarse: 0 },
};
const play: Point = {
  ...{ series: 'plays', tags: { site: 's1', group: 'road' }, atMs: 5 },
  fields: { plays: 1, heardMs: 5 },
};
const all = (series: 'positions' | 'plays'): SeriesQuery => ({
  ...{ series, tags: {}, fromMs: 0, toMs: 10, everyMs: 1, combine: 'last', limit: 10 },
});

describe('Time series kept apart', () => {
  it('[PS16] keeps positions out of a database that cannot forget, and the rest in it', async () => {
    const [main, beside] = [unforgetting(), memory()];
    const series = keptApart(main, beside);
    await series.write([fix, play]);
    deepEqual(await main.read(all('positions')), []);
    deepEqual(await main.read(all('plays')), [play]);
    deepEqual(await beside.read(all('positions')), [fix]);
    await series.forget({ series: 'plays', tags: {} });
    match((await series.describe()).hint ?? '', /forgets nothing: in SQLite/);
  });

  it('[PS16] forgets also what lies in the one beside from an earlier time', async () => {
    const [main, beside] = [memory(), memory()];
    await beside.write([fix]);
    const series = keptApart(main, beside);
    await series.write([{ ...fix, atMs: 6 }]);
    equal((await main.read(all('positions'))).length, 1);
    await series.forget({ series: 'positions', tags: { member: 'ana' } });
    deepEqual([await main.read(all('positions')), await beside.read(all('positions'))], [[], []]);
  });

  it('decides nothing while the database is away', async () => {
    const main = memory();
    let isAway = true;
    const series = keptApart(
      {
        ...main,
        async describe() {
          if (isAway) throw new JamzError('unavailable', 'It does not answer');
          return main.describe();
        },
      },
      memory(),
    );
    await rejects(series.write([fix]), { code: 'unavailable' });
    isAway = false;
    await series.write([fix]);
    deepEqual(await main.read(all('positions')), [fix]);
  });
});
