export const exportFormats = ['json', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** One thing that is kept of a person. What a kind has no use for is absent. */
export interface ExportRecord {
  readonly kind:
    | 'person'
    | 'profile'
    | 'profile-question'
    | 'device'
    | 'file'
    | 'group'
    | 'place'
    | 'track'
    | 'reaction'
    | 'play'
    | 'invitation'
    | 'message'
    | 'choice'
    | 'push-browser'
    | 'trip'
    | 'trip-answer'
    | 'position';
  /** The id of the group it is in. */
  readonly group?: string;
  readonly id?: string;
  /** Of the person, device, place or file; for a group: what the person is called there. */
  readonly name?: string;
  /** Of the track; for a group: what the group is called. */
  readonly title?: string | undefined;
  readonly artist?: string | null | undefined;
  readonly text?: string;
  readonly role?: string;
  readonly lat?: number;
  readonly lng?: number;
  readonly accuracyM?: number;
  readonly like?: boolean;
  readonly skip?: boolean;
  readonly rating?: number | null;
  readonly durationMs?: number | null | undefined;
  readonly fileId?: string | undefined;
  readonly url?: string | undefined;
  readonly mediaType?: string;
  readonly bytes?: number;
  readonly email?: string | null;
  readonly guest?: boolean;
  /** The person in the host site's own words. */
  readonly externalId?: string | null;
  readonly photoFileId?: string | null;
  readonly aiOptIn?: boolean;
  /** When it was made, ms since 1970; in an export `at`, as ISO 8601. */
  readonly atMs?: number;
  /** When it ended, expires, was edited or last used; in an export `until`. */
  readonly untilMs?: number | null;
}

const columns = [
  'group',
  'id',
  'name',
  'title',
  'artist',
  'text',
  'role',
  'lat',
  'lng',
  'accuracyM',
  'like',
  'skip',
  'rating',
  'durationMs',
  'fileId',
  'url',
  'mediaType',
  'bytes',
  'email',
  'guest',
  'externalId',
  'photoFileId',
  'aiOptIn',
] as const satisfies readonly (keyof ExportRecord)[];

/**
 * Writes records down as they come: JSON, a record a line within one object; or CSV (RFC 4180), one table with a line
 * for each record, to be filtered by its first column.
 */
export async function* exportText(
  records: AsyncIterable<ExportRecord>,
  format: ExportFormat,
  nowMs: number,
): AsyncGenerator<string> {
  if (format === 'csv') {
    // The mark tells spreadsheets that this is UTF-8.
    yield `\u{FEFF}${['kind', ...columns, 'at', 'until'].join(',')}\r\n`;
    for await (const record of records) yield `${csvLine(record)}\r\n`;
    return;
  }
  yield `{"exportedAt":${JSON.stringify(isoOf(nowMs))},"records":[`;
  let between = '\n';
  for await (const { atMs, untilMs, ...rest } of records) {
    yield between + JSON.stringify({ ...rest, at: isoOf(atMs), until: isoOf(untilMs) });
    between = ',\n';
  }
  yield '\n]}\n';
}

function csvLine(record: ExportRecord): string {
  const values = columns.map((column) => record[column]);
  return [record.kind, ...values, isoOf(record.atMs), isoOf(record.untilMs)].map(cell).join(',');
}

function cell(value: string | number | boolean | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  // A spreadsheet would run these as a formula; the apostrophe makes them a text.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isoOf(ms: number | null | undefined): string | undefined {
  return typeof ms === 'number' ? new Date(ms).toISOString() : undefined;
}
