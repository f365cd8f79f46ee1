import {
  type Forgotten,
  type Point,
  type SeriesName,
  type SeriesQuery,
  seriesFields,
} from '../../../ports/time-series.ts';

/** One statement that reads what a query asks for, each set of tags a series of its own. */
export function selectOf({
  series,
  tags,
  fromMs,
  toMs,
  everyMs,
  combine,
  limit,
}: SeriesQuery): string {
  const span = `time >= ${Math.trunc(fromMs)}ms AND time < ${Math.trunc(toMs)}ms`;
  const where = [...conditionsOf(tags), span].join(' AND ');
  const names: readonly string[] = [...seriesFields[series], 'at'];
  const isWhole = everyMs <= 1;
  const columns = names.map((name) => {
    if (isWhole) return quoted(name);
    return `${name === 'at' || combine === 'last' ? 'LAST' : 'SUM'}(${quoted(name)}) AS ${quoted(name)}`;
  });
  const by = isWhole ? '*' : `*, time(${Math.trunc(everyMs)}ms) fill(none)`;
  return `SELECT ${columns.join(', ')} FROM ${quoted(series)} WHERE ${where} GROUP BY ${by} ORDER BY time LIMIT ${limit}`;
}

export function deleteOf({ series, tags, beforeMs }: Forgotten): string {
  const older = beforeMs === undefined ? [] : [`time < ${Math.trunc(beforeMs)}ms`];
  const conditions = [...conditionsOf(tags), ...older];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `DELETE FROM ${quoted(series)}${where}`;
}

/** One series of an answer. @see https://docs.influxdata.com/influxdb/v1/tools/api/#query-http-endpoint */
export interface InfluxSeries {
  readonly tags?: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly values: readonly (readonly unknown[])[];
}

export function pointsOf(
  found: readonly InfluxSeries[],
  { series, everyMs, combine, limit }: SeriesQuery,
): readonly Point[] {
  const keepsTime = everyMs <= 1 || combine === 'last';
  const points = found.flatMap(({ tags = {}, columns, values }) => {
    // A tag that a set lacks is told as nothing where another has it.
    const own = Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== ''));
    return values.map((row) => pointOf(series, own, columns, row, keepsTime));
  });
  return points.sort((one, other) => one.atMs - other.atMs).slice(0, limit);
}

function pointOf(
  series: SeriesName,
  tags: Readonly<Record<string, string>>,
  columns: readonly string[],
  row: readonly unknown[],
  keepsTime: boolean,
): Point {
  const value = (name: string): number => Number(row[columns.indexOf(name)]);
  return {
    series,
    tags,
    atMs: value(keepsTime ? 'at' : 'time'),
    fields: Object.fromEntries(seriesFields[series].map((name) => [name, value(name)])),
  };
}

function conditionsOf(tags: SeriesQuery['tags']): readonly string[] {
  return Object.entries(tags).map(([name, value]) => {
    const any = [value].flat().map((one) => `${quoted(name)} = ${text(one)}`);
    return `(${any.join(' OR ')})`;
  });
}

function quoted(name: string): string {
  return `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll(/['\\]/g, '\\$&').replaceAll(/[\r\n]/g, ' ')}'`;
}
