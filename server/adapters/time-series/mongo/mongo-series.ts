import { type Collection, type Db, type Document, MongoServerError } from 'mongodb';
import {
  type Point,
  type SeriesName,
  type SeriesQuery,
  seriesFields,
  seriesNames,
  type Tags,
  type TimeSeries,
} from '../../../ports/time-series.ts';
import { publicPartOf } from '../../store/mongo/address.ts';
import { connect } from '../../store/mongo/connection.ts';
import { createGate } from '../../store/mongo/gate.ts';

export interface MongoSeriesOptions {
  /** As the store's; names the database too. */
  readonly uri: string;
}

interface Measurement {
  readonly at: Date;
  /** The same as a number, for arithmetic. */
  readonly atMs: number;
  readonly tags: Tags;
  /** First ms of the day: versions before 7 find by nothing else what they shall delete. */
  readonly meta: Tags & { readonly day: number };
  readonly fields: Readonly<Record<string, number>>;
}

const dayMs = 24 * 3_600_000;
const namespaceExists = 48;

/**
 * Time series in MongoDB's time-series collections, version 5.1 or newer. What speaks its protocol without having them
 * makes ordinary collections of the same names, which do the same and are larger: `describe` says so.
 *
 * @throws {Error} when nobody answers at the address within some seconds
 */
export async function mongoSeries({ uri }: MongoSeriesOptions): Promise<TimeSeries> {
  const connection = await connect(uri);
  const { database } = connection;
  const gate = createGate(connection);
  try {
    await Promise.all(seriesNames.map((name) => make(database, name)));
  } catch (error) {
    await connection.close();
    throw error;
  }
  const collectionOf = (series: SeriesName): Collection<Measurement> =>
    database.collection(nameOf(series));
  let closing: Promise<void> | undefined;

  const series: Omit<TimeSeries, 'close'> = {
    async write(points) {
      for (const [name, own] of Map.groupBy(points, (point) => point.series)) {
        const measurements = own.map(measurementOf);
        await gate.run((within) =>
          collectionOf(name).insertMany(measurements, { ...within, ordered: false }),
        );
      }
    },
    async read(query) {
      const found = await gate.run((within) =>
        collectionOf(query.series).aggregate(pipelineOf(query), within).toArray(),
      );
      return found.map((document) => pointOf(query.series, document));
    },
    async forget({ series: name, tags, beforeMs }) {
      const collection = collectionOf(name);
      const day = beforeMs === undefined ? undefined : Math.floor(beforeMs / dayMs) * dayMs;
      const whole = {
        ...matching(tags),
        ...(day === undefined ? {} : { 'meta.day': { $lt: day } }),
      };
      await gate.run((within) => collection.deleteMany(whole, within));
      if (day === undefined) return;
      // The rest of a day, which versions before 7 take with the day itself.
      const rest = { ...matching(tags), 'meta.day': day, at: { $lt: new Date(beforeMs ?? 0) } };
      await gate.run((within) => collection.deleteMany(rest, within)).catch(ignoreTooOld);
    },
    // What is old is forgotten as people and sites want it, each in their own time.
    async tidy() {},
    async describe() {
      const kinds = await gate.run((within) =>
        database.listCollections({ name: nameOf('positions') }, within).toArray(),
      );
      const isReal = kinds.some(({ type }) => type === 'timeseries');
      const name = `MongoDB at ${publicPartOf(uri)}`;
      const hint =
        'it has no time-series collections: ordinary ones take their place, and more room';
      return { name, canForget: true, ...(isReal ? {} : { hint }) };
    },
  };
  return {
    ...gate.guarded(series),
    close() {
      closing ??= gate.close().then(() => connection.close());
      return closing;
    },
  };
}

export function nameOf(series: SeriesName): string {
  return `series.${series}`;
}

async function make(database: Db, series: SeriesName): Promise<void> {
  try {
    await database.createCollection(nameOf(series), {
      timeseries: { timeField: 'at', metaField: 'meta', granularity: 'seconds' },
    });
  } catch (error) {
    // Another process, or an earlier start.
    if (!(error instanceof MongoServerError) || error.code !== namespaceExists) throw error;
  }
  const keys = {
    positions: ['group', 'member'],
    plays: ['site'],
    performance: ['name'],
    gaps: ['of'],
  };
  for (const key of keys[series]) {
    await database.collection(nameOf(series)).createIndex({ [`meta.${key}`]: 1, at: 1 });
  }
}

function measurementOf({ tags, atMs, fields }: Point): Measurement {
  const day = Math.floor(atMs / dayMs) * dayMs;
  return { at: new Date(atMs), atMs, tags, meta: { ...tags, day } as Measurement['meta'], fields };
}

function matching(tags: SeriesQuery['tags']): Document {
  return Object.fromEntries(
    Object.entries(tags).map(([name, value]) => [
      `meta.${name}`,
      typeof value === 'string' ? value : { $in: [...value] },
    ]),
  );
}

/** Points that were written twice are one: no index can say so here, so that each read does. */
function pipelineOf({
  series,
  tags,
  fromMs,
  toMs,
  everyMs,
  combine,
  limit,
}: SeriesQuery): Document[] {
  const every = Math.max(1, Math.trunc(everyMs));
  const span = { $gte: new Date(fromMs), $lt: new Date(toMs) };
  const window = { $subtract: ['$atMs', { $mod: ['$atMs', every] }] };
  const names: readonly string[] = seriesFields[series];
  const once = { _id: { tags: '$tags', atMs: '$atMs' }, fields: { $last: '$fields' } };
  const last = {
    ...{ _id: { tags: '$tags', window }, atMs: { $last: '$atMs' }, fields: { $last: '$fields' } },
    tags: { $last: '$tags' },
  };
  const sums = names.map((name) => [name, { $sum: `$fields.${name}` }]);
  return [
    { $match: { ...matching(tags), at: span } },
    { $sort: { at: 1, _id: 1 } },
    ...(combine === 'last'
      ? [{ $group: last }]
      : [
          { $group: once },
          { $project: { tags: '$_id.tags', atMs: '$_id.atMs', fields: 1 } },
          { $group: { _id: { tags: '$tags', window }, ...Object.fromEntries(sums) } },
          { $addFields: { atMs: '$_id.window', tags: '$_id.tags' } },
        ]),
    { $sort: { atMs: 1 } },
    { $limit: limit },
  ];
}

function pointOf(series: SeriesName, document: Document): Point {
  const { tags, atMs, fields = document } = document as Document & Pick<Point, 'tags' | 'atMs'>;
  const own = seriesFields[series].map((name) => [name, Number(fields[name])]);
  return { series, tags, atMs, fields: Object.fromEntries(own) };
}

/** "Cannot perform a non-multi / non-meta delete": the day goes when it is over. */
function ignoreTooOld(error: unknown): void {
  if (!(error instanceof MongoServerError)) throw error;
}
