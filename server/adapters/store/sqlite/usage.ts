import type { DatabaseSync } from 'node:sqlite';
import type { UsageStore } from '../../../ports/store.ts';
import { figure, type Row } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createUsage(database: DatabaseSync, queue: WriteQueue): UsageStore {
  const selectCounts = database.prepare(`
    SELECT
      (SELECT count(*) FROM groups WHERE site_id = ?1 AND deleted = 0) AS groups,
      (SELECT count(*) FROM memberships WHERE site_id = ?1) AS members,
      (SELECT coalesce(sum(bytes), 0) FROM files JOIN groups USING (group_id)
        WHERE groups.site_id = ?1 AND file_id NOT IN (SELECT file_id FROM takedowns)) AS bytes`);
  const add = database.prepare(`
    INSERT INTO site_days (site_id, day, ops) VALUES (?, ?, ?)
    ON CONFLICT (site_id, day) DO UPDATE SET ops = ops + excluded.ops RETURNING ops`);
  const dropBefore = database.prepare('DELETE FROM site_days WHERE day < ?');

  return {
    async countsOf(siteId) {
      // A select without a table has one row.
      const row = selectCounts.get(siteId) as Row;
      return queue.durable({
        groups: figure(row, 'groups'),
        members: figure(row, 'members'),
        storageBytes: figure(row, 'bytes'),
      });
    },
    addOps(siteId, day, count) {
      return queue.write(() => figure(add.get(siteId, day, count) as Row, 'ops'));
    },
    dropBefore(day) {
      return queue.write(() => {
        dropBefore.run(day);
      });
    },
  };
}
