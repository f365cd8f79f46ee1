import type { DatabaseSync } from 'node:sqlite';
import type { MetaStore } from '../../../ports/store.ts';
import { text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createMeta(database: DatabaseSync, queue: WriteQueue): MetaStore {
  const select = database.prepare('SELECT value FROM meta WHERE key = ?');
  const insert = database.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const standing = (key: string): string | undefined => {
    const row = select.get(key);
    return row && text(row, 'value');
  };
  return {
    async get(key) {
      return queue.durable(standing(key));
    },
    putIfAbsent(key, value) {
      return queue.write(() => {
        insert.run(key, value);
        return standing(key) ?? value;
      });
    },
  };
}
