import type { DatabaseSync } from 'node:sqlite';
import type { AuditKind, AuditStore } from '../../../ports/store.ts';
import { figure, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createAudit(database: DatabaseSync, queue: WriteQueue): AuditStore {
  const insert = database.prepare(`
    INSERT INTO audit (at_ms, site_id, kind, actor_id, subject_id, once_id) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (once_id) WHERE once_id IS NOT NULL DO NOTHING`);
  const selectAll = database.prepare(
    'SELECT * FROM audit WHERE at_ms >= ? ORDER BY at_ms DESC, id DESC LIMIT ?',
  );
  const selectOfSite = database.prepare(`
    SELECT * FROM audit WHERE site_id = ? AND at_ms >= ? ORDER BY at_ms DESC, id DESC LIMIT ?`);
  const dropBefore = database.prepare('DELETE FROM audit WHERE at_ms < ?');

  return {
    append({ atMs, siteId, kind, actorId, subjectId }, onceId) {
      return queue.write(() => {
        insert.run(atMs, siteId, kind, actorId, subjectId, onceId ?? null);
      });
    },
    async list({ siteId, sinceMs = 0 }, limit) {
      const rows =
        siteId === undefined
          ? selectAll.all(sinceMs, limit)
          : selectOfSite.all(siteId, sinceMs, limit);
      return queue.durable(
        rows.map((row) => ({
          atMs: figure(row, 'at_ms'),
          siteId: text(row, 'site_id'),
          kind: text(row, 'kind') as AuditKind,
          actorId: textOrNull(row, 'actor_id'),
          subjectId: textOrNull(row, 'subject_id'),
        })),
      );
    },
    dropBefore(atMs) {
      return queue.write(() => {
        dropBefore.run(atMs);
      });
    },
  };
}
