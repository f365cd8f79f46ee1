import type { DatabaseSync } from 'node:sqlite';
import type { ReportStore } from '../../../ports/store.ts';
import { figure, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createReports(database: DatabaseSync, queue: WriteQueue): ReportStore {
  const insert = database.prepare(`
    INSERT INTO reports (report_id, site_id, group_id, member_id, reporter_id, reason, at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const selectOfSite = database.prepare(`
    SELECT * FROM reports WHERE site_id = ? AND at_ms < ? ORDER BY at_ms DESC, report_id LIMIT ?`);

  return {
    add({ reportId, siteId, groupId, memberId, reporterId, reason, atMs }) {
      return queue.write(() => {
        insert.run(reportId, siteId, groupId, memberId, reporterId, reason, atMs);
      });
    },
    async ofSite(siteId, beforeMs, limit) {
      const rows = selectOfSite.all(siteId, beforeMs, limit);
      return queue.durable(
        rows.map((row) => ({
          reportId: text(row, 'report_id'),
          siteId: text(row, 'site_id'),
          groupId: text(row, 'group_id'),
          memberId: text(row, 'member_id'),
          reporterId: text(row, 'reporter_id'),
          reason: text(row, 'reason'),
          atMs: figure(row, 'at_ms'),
        })),
      );
    },
  };
}
