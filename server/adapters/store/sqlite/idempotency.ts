import type { DatabaseSync } from 'node:sqlite';
import type { IdempotencyState, IdempotencyStore } from '../../../ports/store.ts';
import { figure, figureOrNull, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createIdempotency(database: DatabaseSync, queue: WriteQueue): IdempotencyStore {
  const select = database.prepare('SELECT * FROM idempotency WHERE site_id = ? AND key = ?');
  const take = database.prepare(`
    INSERT INTO idempotency (site_id, key, fingerprint, begun_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (site_id, key) DO UPDATE SET
      fingerprint = excluded.fingerprint, begun_at_ms = excluded.begun_at_ms,
      expires_at_ms = excluded.expires_at_ms, status = NULL, body = NULL`);
  const finish = database.prepare(
    'UPDATE idempotency SET status = ?, body = ? WHERE site_id = ? AND key = ?',
  );
  const release = database.prepare('DELETE FROM idempotency WHERE site_id = ? AND key = ?');
  const dropExpired = database.prepare('DELETE FROM idempotency WHERE expires_at_ms <= ?');

  return {
    begin({ siteId, key, fingerprint, nowMs, expiresAtMs, abandonedMs }) {
      return queue.write((): IdempotencyState => {
        const row = select.get(siteId, key);
        const isTaken = row !== undefined && figure(row, 'expires_at_ms') > nowMs;
        if (row && isTaken) {
          if (text(row, 'fingerprint') !== fingerprint) return { kind: 'other' };
          const status = figureOrNull(row, 'status');
          if (status !== null) {
            return { kind: 'done', answer: { status, body: textOrNull(row, 'body') } };
          }
          if (figure(row, 'begun_at_ms') >= abandonedMs) return { kind: 'under-way' };
        }
        take.run(siteId, key, fingerprint, nowMs, expiresAtMs);
        return { kind: 'mine' };
      });
    },
    finish(siteId, key, { status, body }) {
      return queue.write(() => {
        finish.run(status, body, siteId, key);
      });
    },
    release(siteId, key) {
      return queue.write(() => {
        release.run(siteId, key);
      });
    },
    dropExpired(nowMs) {
      return queue.write(() => {
        dropExpired.run(nowMs);
      });
    },
  };
}
