import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JamzError } from '../../../../sdk/protocol/errors.ts';
import type { Point, TimeSeries } from '../../../ports/time-series.ts';
import { createQueries } from './queries.ts';
import { createTagSets } from './tag-sets.ts';
import { createThinning } from './thinning.ts';

export interface SqliteSeriesOptions {
  /** Path of the file; its folder is made. `:memory:` keeps nothing. */
  readonly path: string;
  /** The file stays about this small: the oldest points give way. */
  readonly maxBytes?: number;
}

const defaultMaxBytes = 1024 ** 3;
const pageBytes = 4_096;

/**
 * Time series in a SQLite file of their own, so that what is written here never waits in the way of an op. A power cut
 * may cost the last second of it (`synchronous=NORMAL`), never the file.
 *
 * It stays small: after a week one position a minute is kept, and beyond its size the oldest points give way.
 */
export function sqliteSeries({
  path,
  maxBytes = defaultMaxBytes,
}: SqliteSeriesOptions): TimeSeries {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path);
  database.exec(schema);
  // Cannot be bound: PRAGMA takes no parameters. The number is ours. A little above: what is full must still shrink.
  const maxPages = Math.ceil((maxBytes * 1.1) / pageBytes) + 64;
  database.exec(`PRAGMA max_page_count = ${maxPages}`);
  const tagSets = createTagSets(database);
  const queries = createQueries(database);
  const thinning = createThinning(database, maxBytes);
  const insert = database.prepare(`
    INSERT INTO points (tag_set, at_ms, fields) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET fields = excluded.fields`);
  let closed = false;

  const run = <T>(work: () => T): T => {
    if (closed) throw new JamzError('unavailable', 'The time series are closed');
    try {
      return work();
    } catch (error) {
      throw named(error);
    }
  };
  const within = <T>(work: () => T): T =>
    run(() => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const done = work();
        database.exec('COMMIT');
        return done;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        tagSets.forget();
        throw error;
      }
    });

  return {
    async write(points) {
      if (points.length === 0) return;
      within(() => {
        for (const point of points) {
          insert.run(tagSets.idOf(point.series, point.tags), point.atMs, textOf(point));
        }
      });
    },
    read: async (query) => run(() => queries.read(query)),
    async forget({ series, tags, beforeMs }) {
      within(() => queries.forget(series, tags, beforeMs));
      tagSets.forget();
    },
    async tidy(nowMs) {
      // In slices: others have a turn in between.
      while (within(() => thinning.thinNext(nowMs))) await turn();
      while (within(() => thinning.shrinkNext())) await turn();
    },
    async describe() {
      return { name: `SQLite (${path})`, canForget: true };
    },
    async close() {
      if (closed) return;
      closed = true;
      database.close();
    },
  };
}

function textOf({ fields }: Point): string {
  return JSON.stringify(fields);
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const fullDisk = 13;
const busy = 5;

/** SQLite's failure as a code that callers know; any other error as it is. */
function named(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  if (error.errcode === fullDisk) {
    return new JamzError('storage-full', 'The time series have no room left', { cause: error });
  }
  if (error.errcode === busy) {
    return new JamzError('unavailable', 'The time series are busy', { cause: error });
  }
  return error;
}

const schema = `
  PRAGMA busy_timeout = 1000;
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS tag_sets (
    id INTEGER PRIMARY KEY,
    series TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    tags TEXT NOT NULL,
    thinned_to_ms INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS tag_sets_by_series ON tag_sets (series);
  CREATE TABLE IF NOT EXISTS tags (
    tag_set INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name, value, tag_set)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS tags_by_set ON tags (tag_set);
  CREATE TABLE IF NOT EXISTS points (
    tag_set INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (tag_set, at_ms)
  ) STRICT, WITHOUT ROWID;
`;
