import type { DatabaseSync } from 'node:sqlite';

/** What keeps the file small. Each call takes one slice, within a transaction, and says whether there is another. */
export interface Thinning {
  /** Of positions that are a week old one a minute stays. */
  thinNext(nowMs: number): boolean;
  /** The oldest points give way where the file is larger than it may be. */
  shrinkNext(): boolean;
}

const fineForMs = 7 * 24 * 3_600_000;
const minuteMs = 60_000;
/** At one position a second some 20,000 rows: tens of milliseconds. */
const sliceMs = 6 * 3_600_000;
const rowsPerSlice = 5_000;

export function createThinning(database: DatabaseSync, maxBytes: number): Thinning {
  const next = database.prepare(`
    SELECT id, from_ms FROM (
      SELECT id, (SELECT min(at_ms) FROM points
        WHERE tag_set = tag_sets.id AND at_ms >= thinned_to_ms AND at_ms < ?) AS from_ms
      FROM tag_sets WHERE series = 'positions')
    WHERE from_ms IS NOT NULL LIMIT 1`);
  const thin = database.prepare(`
    DELETE FROM points WHERE tag_set = ?1 AND at_ms >= ?2 AND at_ms < ?3 AND EXISTS (
      SELECT 1 FROM points AS later WHERE later.tag_set = ?1
        AND later.at_ms > points.at_ms AND later.at_ms < (points.at_ms / ${minuteMs} + 1) * ${minuteMs})`);
  const note = database.prepare('UPDATE tag_sets SET thinned_to_ms = ? WHERE id = ?');
  const size = database.prepare(`
    SELECT (page_count - freelist_count) * page_size AS bytes
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`);
  const oldest = database.prepare(`
    SELECT id, (SELECT min(at_ms) FROM points WHERE tag_set = tag_sets.id) AS from_ms
    FROM tag_sets WHERE from_ms IS NOT NULL ORDER BY from_ms LIMIT 1`);
  const dropOldest = database.prepare(`
    DELETE FROM points WHERE tag_set = ?1 AND at_ms IN (
      SELECT at_ms FROM points WHERE tag_set = ?1 AND at_ms < ?2 ORDER BY at_ms LIMIT ${rowsPerSlice})`);
  let isShrinking = false;

  return {
    thinNext(nowMs) {
      const untilMs = Math.floor((nowMs - fineForMs) / minuteMs) * minuteMs;
      const slice = next.get(untilMs);
      if (!slice) return false;
      const fromMs = Number(slice['from_ms']);
      const toMs = Math.min(untilMs, Math.floor(fromMs / minuteMs) * minuteMs + sliceMs);
      const id = Number(slice['id']);
      thin.run(id, fromMs, toMs);
      note.run(toMs, id);
      return true;
    },
    shrinkNext() {
      const bytes = Number(size.get()?.['bytes']);
      // Well below, so that not each hour takes a little.
      isShrinking = bytes > (isShrinking ? 0.9 : 1) * maxBytes;
      const first = isShrinking ? oldest.get() : undefined;
      if (!first) return false;
      dropOldest.run(Number(first['id']), Number(first['from_ms']) + sliceMs);
      return true;
    },
  };
}
