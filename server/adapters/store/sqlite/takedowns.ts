import type { DatabaseSync } from 'node:sqlite';
import type { TakedownStore } from '../../../ports/store.ts';
import type { WriteQueue } from './write-queue.ts';

export function createTakedowns(database: DatabaseSync, queue: WriteQueue): TakedownStore {
  const insert = database.prepare(
    'INSERT INTO takedowns (file_id, at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const select = database.prepare('SELECT 1 FROM takedowns WHERE file_id = ?');

  return {
    add(fileId, atMs) {
      return queue.write(() => {
        insert.run(fileId, atMs);
      });
    },
    async has(fileId) {
      return queue.durable(select.get(fileId) !== undefined);
    },
  };
}
