import { DatabaseSync } from 'node:sqlite';
import { JamzError } from '../../../../sdk/protocol/errors.ts';
import {
  type Point,
  type SeriesName,
  seriesNames,
  type Tags,
  type TimeSeries,
} from '../../../ports/time-series.ts';

/** Up to where points have arrived, and were read back. */
export interface SeriesPlace {
  /** The last set of tags, by its number here, and the last time in it. */
  readonly set: number;
  readonly atMs: number;
}

export interface SeriesMove {
  /** The file that they leave; nobody writes to it meanwhile. */
  readonly path: string;
  readonly to: Pick<TimeSeries, 'write' | 'read'>;
  /** Where an earlier run stopped; undefined at first. */
  readonly place: SeriesPlace | undefined;
  /** Keeps how far it has come. */
  note(place: SeriesPlace): Promise<void>;
  tell(done: number, of: number): void;
  readonly pointsPerWrite?: number;
}

/** How many points there are of each series. */
export type SeriesCounts = Readonly<Record<SeriesName, number>>;

/**
 * Carries all time series of a file to another database, in pages: each is written, read back and compared before the
 * next. Killed at any moment it goes on with the page at which it was; points that come twice are one.
 *
 * @throws {JamzError} `invalid` where what arrived is not what was sent
 */
export async function moveSeries(move: SeriesMove): Promise<SeriesCounts> {
  const { to, note, tell, pointsPerWrite = 1_000 } = move;
  const source = openSource(move.path);
  try {
    const { counts, all } = source;
    let { set, atMs }: SeriesPlace = move.place ?? { set: 0, atMs: Number.NEGATIVE_INFINITY };
    let done = source.countTo({ set, atMs });
    for (;;) {
      const page = source.after({ set, atMs }, pointsPerWrite);
      if (!page) break;
      await to.write(page.points);
      await compare(to, page.points);
      set = page.set;
      atMs = page.points.at(-1)?.atMs ?? atMs;
      await note({ set, atMs });
      done += page.points.length;
      tell(done, all);
    }
    return counts;
  } finally {
    source.close();
  }
}

/** How many points would be moved. */
export function countSeries(path: string): SeriesCounts {
  const { counts, close } = openSource(path);
  close();
  return counts;
}

interface Page {
  readonly set: number;
  /** Of one set of tags, in the order of their time; at least one. */
  readonly points: readonly Point[];
}

interface Source {
  readonly counts: SeriesCounts;
  readonly all: number;
  countTo(place: SeriesPlace): number;
  after(place: SeriesPlace, limit: number): Page | undefined;
  close(): void;
}

function openSource(path: string): Source {
  const database = new DatabaseSync(path, { readOnly: true });
  const nextSet = database.prepare(`
    SELECT id, series, tags FROM tag_sets WHERE id > ?
      OR (id = ? AND EXISTS (SELECT 1 FROM points WHERE tag_set = id AND at_ms > ?))
    ORDER BY id LIMIT 1`);
  const pageOf = database.prepare(
    'SELECT at_ms, fields FROM points WHERE tag_set = ? AND at_ms > ? ORDER BY at_ms LIMIT ?',
  );
  const countTo = database.prepare(
    'SELECT count(*) AS count FROM points WHERE tag_set < ?1 OR (tag_set = ?1 AND at_ms <= ?2)',
  );
  const found = database
    .prepare(
      'SELECT series, count(*) AS count FROM points JOIN tag_sets ON id = tag_set GROUP BY series',
    )
    .all();
  const countOf = (name: SeriesName): number =>
    Number(found.find(({ series }) => series === name)?.['count'] ?? 0);
  // Casts: these are our own texts, checked when they were written.
  const counts = Object.fromEntries(
    seriesNames.map((name) => [name, countOf(name)]),
  ) as unknown as SeriesCounts;

  return {
    counts,
    all: Object.values(counts).reduce((sum, count) => sum + count, 0),
    countTo: ({ set, atMs }) => Number(countTo.get(set, whole(atMs))?.['count'] ?? 0),
    after(place, limit) {
      let { set, atMs } = place;
      for (;;) {
        const row = nextSet.get(set, set, whole(atMs));
        if (!row) return undefined;
        if (Number(row['id']) !== set) atMs = Number.NEGATIVE_INFINITY;
        set = Number(row['id']);
        const series = String(row['series']) as SeriesName;
        const tags: Tags = JSON.parse(String(row['tags']));
        const points = pageOf.all(set, whole(atMs), limit).map(
          ({ at_ms, fields }): Point => ({
            ...{ series, tags, atMs: Number(at_ms) },
            fields: JSON.parse(String(fields)),
          }),
        );
        if (points.length > 0) return { set, points };
        // A set whose points are all forgotten.
        atMs = Number.POSITIVE_INFINITY;
      }
    },
    close: () => database.close(),
  };
}

/** SQLite has whole numbers, and no infinity among them. */
function whole(atMs: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, atMs));
}

/** What else is there, as what a server has written since, is no difference. */
async function compare(to: Pick<TimeSeries, 'read'>, points: readonly Point[]): Promise<void> {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return;
  const { series, tags } = first;
  const there = await to.read({
    ...{ series, tags, fromMs: first.atMs, toMs: last.atMs + 1 },
    ...{ everyMs: 1, combine: 'last', limit: points.length * 2 + 1_000 },
  });
  const byTime = new Map(there.map((point) => [point.atMs, point]));
  const missing = points.filter((point) => !isSame(point, byTime.get(point.atMs)));
  if (missing.length === 0) return;
  throw new JamzError(
    'invalid',
    `Of ${series} ${missing.length} points did not arrive as they were sent, the first of ${new Date(missing[0]?.atMs ?? 0).toISOString()}: run "migrate" again`,
  );
}

function isSame({ fields }: Point, other: Point | undefined): boolean {
  return (
    other !== undefined &&
    Object.entries(fields).every(([name, value]) => other.fields[name] === value)
  );
}
