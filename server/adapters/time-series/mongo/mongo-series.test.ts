import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timeSeriesContract } from '../../../ports/time-series.contract.ts';
import type { Point, SeriesQuery, TimeSeries } from '../../../ports/time-series.ts';
import { connect } from '../../store/mongo/connection.ts';
import { type MongoServer, mongoServer, noServer } from '../../store/mongo/mongo-server-fixture.ts';
import { mongoSeries, nameOf } from './mongo-series.ts';

const server = await mongoServer();
if (server) {
  timeSeriesContract('MongoDB', () => mongoSeries({ uri: server.newDatabase() }));
  onServer(server);
} else {
  describe('MongoDB', () => it('keeps the promise of time series', { skip: noServer }));
}

function onServer({ newDatabase, isReal }: MongoServer): void {
  describe('MongoDB’s time series', () => {
    it('lie in time-series collections, or it is said that they do not', async () => {
      const uri = newDatabase();
      const series = await mongoSeries({ uri });
      const { hint = '' } = await series.describe();
      if (isReal) equal(hint, '');
      else match(hint, /no time-series collections/);
      await series.close();
    });

    it('are made by several processes at once, and found by the next', async () => {
      const uri = newDatabase();
      const all = await Promise.all([1, 2, 3].map(() => mongoSeries({ uri })));
      await all[0]?.write([point]);
      deepEqual(await all[1]?.read(query), [point]);
      await Promise.all(all.map((series: TimeSeries) => series.close()));
    });

    it('can be found for deletion by the day, which is all that versions before 7 take', async () => {
      const uri = newDatabase();
      const series = await mongoSeries({ uri });
      await series.write([point]);
      await series.close();
      const { database, close } = await connect(uri);
      const found = await database.collection(nameOf('plays')).findOne({});
      equal(found?.['meta'].day, Date.UTC(2026, 10, 20));
      await close();
    });
  });
}

const point: Point = {
  series: 'plays',
  tags: { site: 's1', group: 'road' },
  atMs: Date.UTC(2026, 10, 20, 9),
  fields: { plays: 1, heardMs: 5 },
};

const query: SeriesQuery = {
  ...{ series: 'plays', tags: { site: 's1' }, fromMs: 0, toMs: Date.UTC(2027, 1) },
  ...{ everyMs: 1, combine: 'last', limit: 9 },
};
