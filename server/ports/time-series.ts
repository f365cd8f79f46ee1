/**
 * What is kept over time beside the logs. Each series has its own fields, and every point of a series has all of them.
 *
 * - `positions`: `lat`, `lng`, `accuracyM`, `headingDeg` and `speedMps` (-1 where unknown), `coarse` (0 or 1); by
 *   `site`, `group`, `member`, `device`
 * - `plays`: `plays` (1), `heardMs`; by `site`, `group`
 * - `performance`: `value`; by `name`, `process`
 * - `gaps`: `untilMs`, `missing`: points that were not kept from the point's time on; by `of`, the series, and `process`
 */
export const seriesFields = {
  positions: ['lat', 'lng', 'accuracyM', 'headingDeg', 'speedMps', 'coarse'],
  plays: ['plays', 'heardMs'],
  performance: ['value'],
  gaps: ['untilMs', 'missing'],
} as const;

export type SeriesName = keyof typeof seriesFields;

export const seriesNames: readonly SeriesName[] = Object.keys(seriesFields) as SeriesName[];

/** By what points are found and forgotten. Ids and our own words: letters, digits and `._~-`. */
export type Tags = Readonly<Record<string, string>>;

/** One measurement. Points of one series, with the same tags and time, are one: the last written stands. */
export interface Point {
  readonly series: SeriesName;
  readonly tags: Tags;
  /** Whole ms since 1970. */
  readonly atMs: number;
  readonly fields: Readonly<Record<string, number>>;
}

export interface SeriesQuery {
  readonly series: SeriesName;
  /** What a point's tags must say; one of several where there is a list. */
  readonly tags: Readonly<Record<string, string | readonly string[]>>;
  readonly fromMs: number;
  /** Itself not among it. */
  readonly toMs: number;
  /**
   * Width of the windows, counted from 1970, of which each gives one point for each set of tags; 1 gives every point.
   */
  readonly everyMs: number;
  /**
   * What a window gives: its last point, with its own time; or the sum of each field, at the window's beginning.
   */
  readonly combine: 'last' | 'sum';
  /** At most so many, the earliest. */
  readonly limit: number;
}

/** What {@link TimeSeries.forget} takes away. */
export interface Forgotten {
  readonly series: SeriesName;
  /** What a point's tags must say; none: those of everybody. */
  readonly tags: Tags;
  /** Only what is older; absent: everything. */
  readonly beforeMs?: number;
}

/**
 * Port for what is worth knowing over time, and for nothing that must not be lost. Adapters: SQLite, MongoDB, InfluxDB.
 * One contract suite (`time-series.contract.ts`) runs over all of them.
 *
 * Everything throws {@link JamzError} `unavailable` while the database does not answer, `storage-full` where it has no
 * room.
 */
export interface TimeSeries {
  /**
   * Keeps points; those that it has already stay one.
   *
   * @throws {JamzError} `invalid` for points that it will never take
   */
  write(points: readonly Point[]): Promise<void>;
  /** In the order of their time. */
  read(query: SeriesQuery): Promise<readonly Point[]>;
  /** @throws {JamzError} `forbidden` where this database cannot take anything away */
  forget(what: Forgotten): Promise<void>;
  /** Does what it does once an hour to stay small. */
  tidy(nowMs: number): Promise<void>;
  /** What answers there, in words, and what a person had better know of it. */
  describe(): Promise<SeriesDescription>;
  close(): Promise<void>;
}

export interface SeriesDescription {
  readonly name: string;
  readonly hint?: string;
  /** Whether {@link TimeSeries.forget} works: personal data is kept nowhere else. */
  readonly canForget: boolean;
}
