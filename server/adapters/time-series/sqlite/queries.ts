import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  type Point,
  type SeriesName,
  type SeriesQuery,
  seriesFields,
  type Tags,
} from '../../../ports/time-series.ts';

export interface Queries {
  read(query: SeriesQuery): readonly Point[];
  /** Within a transaction. */
  forget(series: SeriesName, tags: Tags, beforeMs: number | undefined): void;
}

export function createQueries(database: DatabaseSync): Queries {
  const dropPoints = database.prepare('DELETE FROM points WHERE tag_set = ? AND at_ms < ?');
  const isEmpty = database.prepare('SELECT 1 FROM points WHERE tag_set = ? LIMIT 1');
  const dropTags = database.prepare('DELETE FROM tags WHERE tag_set = ?');
  const dropSet = database.prepare('DELETE FROM tag_sets WHERE id = ?');

  const setsOf = (series: SeriesName, tags: SeriesQuery['tags']) => {
    const { sql, values } = matching(series, tags);
    return database.prepare(`SELECT id, tags FROM tag_sets WHERE ${sql}`).all(...values);
  };

  return {
    read({ series, tags, fromMs, toMs, everyMs, combine, limit }) {
      const { sql, values } = matching(series, tags);
      const rows = database
        .prepare(selectOf(sql, series, combine, everyMs))
        .all(...values, fromMs, toMs, limit);
      return rows.map((row) => ({
        series,
        // Text that we wrote ourselves.
        tags: JSON.parse(String(row['tags'])) as Tags,
        atMs: Number(row['at_ms']),
        fields: JSON.parse(String(row['fields'])) as Record<string, number>,
      }));
    },
    forget(series, tags, beforeMs = Number.MAX_SAFE_INTEGER) {
      for (const { id = null } of setsOf(series, tags)) {
        dropPoints.run(id, beforeMs);
        if (isEmpty.get(id)) continue;
        dropTags.run(id);
        dropSet.run(id);
      }
    },
  };
}

/** The sets of tags of which each named tag says one of what is asked for. */
function matching(
  series: SeriesName,
  tags: SeriesQuery['tags'],
): { readonly sql: string; readonly values: readonly SQLInputValue[] } {
  const wanted = Object.entries(tags);
  const one = `id IN (SELECT tag_set FROM tags WHERE name = ? AND value IN (SELECT value FROM json_each(?)))`;
  return {
    sql: ['series = ?', ...wanted.map(() => one)].join(' AND '),
    values: [series, ...wanted.flatMap(([name, value]) => [name, JSON.stringify([value].flat())])],
  };
}

function selectOf(
  sets: string,
  series: SeriesName,
  combine: SeriesQuery['combine'],
  everyMs: number,
): string {
  const rows = `
    FROM points JOIN tag_sets ON tag_sets.id = points.tag_set
    WHERE ${sets} AND points.at_ms >= ? AND points.at_ms < ?`;
  const order = 'ORDER BY at_ms, tag_set LIMIT ?';
  if (everyMs <= 1) return `SELECT tags, at_ms, fields ${rows} ${order}`;
  // The row with the largest time gives the other columns: documented of SQLite's bare columns beside max().
  // A number, and ours.
  const every = Math.trunc(everyMs);
  if (combine === 'last') {
    return `SELECT tags, max(at_ms) AS at_ms, fields ${rows} GROUP BY tag_set, points.at_ms / ${every} ${order}`;
  }
  const sums = fieldsOf(series).map((name) => `'${name}', sum(fields ->> '${name}')`);
  return `
    SELECT tags, points.at_ms / ${every} * ${every} AS at_ms, json_object(${sums.join(', ')}) AS fields
    ${rows} GROUP BY tag_set, points.at_ms / ${every} ${order}`;
}

function fieldsOf(series: SeriesName): readonly string[] {
  return seriesFields[series];
}
