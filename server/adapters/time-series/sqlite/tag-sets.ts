import type { DatabaseSync } from 'node:sqlite';
import type { SeriesName, Tags } from '../../../ports/time-series.ts';

/** The sets of tags that there are, each under a small number. */
export interface TagSets {
  /** Made where it is new. Within a transaction. */
  idOf(series: SeriesName, tags: Tags): number;
  /** What is remembered may be wrong: a transaction was rolled back, or sets were deleted. */
  forget(): void;
}

const maxRemembered = 10_000;

export function createTagSets(database: DatabaseSync): TagSets {
  const select = database.prepare('SELECT id FROM tag_sets WHERE key = ?');
  const insert = database.prepare('INSERT INTO tag_sets (series, key, tags) VALUES (?, ?, ?)');
  const insertTag = database.prepare('INSERT INTO tags (tag_set, name, value) VALUES (?, ?, ?)');
  const versionOf = database.prepare('PRAGMA data_version');
  const remembered = new Map<string, number>();
  let version: unknown;

  const make = (series: SeriesName, key: string, tags: Tags): number => {
    const id = Number(insert.run(series, key, JSON.stringify(tags)).lastInsertRowid);
    for (const [name, value] of Object.entries(tags)) insertTag.run(id, name, value);
    return id;
  };

  return {
    idOf(series, tags) {
      const now = versionOf.get()?.['data_version'];
      // Another process wrote: a set may have been deleted there.
      if (now !== version || remembered.size > maxRemembered) remembered.clear();
      version = now;
      const key = tagKey(series, tags);
      const known = remembered.get(key);
      if (known !== undefined) return known;
      const found = select.get(key)?.['id'];
      const id = typeof found === 'number' ? found : make(series, key, tags);
      remembered.set(key, id);
      return id;
    },
    forget: () => remembered.clear(),
  };
}

/** The same tags give the same text. */
function tagKey(series: SeriesName, tags: Tags): string {
  const sorted = Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([series, ...sorted]);
}
