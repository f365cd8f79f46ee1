import type { DatabaseSync } from 'node:sqlite';
import type {
  DeliveryState,
  WebhookDelivery,
  WebhookOutboxStore,
  WebhookType,
} from '../../../ports/store.ts';
import { figure, figureOrNull, json, type Row, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createWebhookOutbox(database: DatabaseSync, queue: WriteQueue): WebhookOutboxStore {
  const insert = database.prepare(`
    INSERT INTO webhook_events (event_id, site_id, type, at_ms, data, state, attempts, next_at_ms)
    VALUES (?, ?, ?, ?, ?, 'waiting', 0, 0) ON CONFLICT DO NOTHING`);
  const selectDue = database.prepare(`
    SELECT DISTINCT site_id FROM webhook_events WHERE state = 'waiting' AND next_at_ms <= ? LIMIT ?`);
  const claim = database.prepare(`
    UPDATE webhook_events SET next_at_ms = ?2 WHERE event_id IN (
      SELECT event_id FROM webhook_events
      WHERE site_id = ?3 AND state = 'waiting' AND next_at_ms <= ?1 ORDER BY at_ms, event_id LIMIT ?4)
    RETURNING *`);
  const settle = database.prepare(`
    UPDATE webhook_events SET state = ?, attempts = ?, next_at_ms = ?, problem = ?, tried_at_ms = ?
    WHERE event_id = ?`);
  const select = database.prepare(`
    SELECT * FROM webhook_events
    WHERE (?1 IS NULL OR site_id = ?1) AND (?2 IS NULL OR state = ?2)
      AND (?3 IS NULL OR at_ms < ?3 OR (at_ms = ?3 AND event_id < ?4))
    ORDER BY at_ms DESC, event_id DESC LIMIT ?5`);
  const retry = database.prepare(`
    UPDATE webhook_events SET state = 'waiting', attempts = 0, next_at_ms = ?
    WHERE site_id = ? AND state = 'dead' AND (?3 IS NULL OR event_id = ?3)`);
  const dropOld = database.prepare(`
    DELETE FROM webhook_events
    WHERE (state = 'delivered' AND tried_at_ms < ?) OR (state = 'dead' AND tried_at_ms < ?)`);
  const selectMark = database.prepare('SELECT * FROM webhook_marks WHERE scope = ?');
  const mark = database.prepare(`
    INSERT INTO webhook_marks (scope, generation, seq) VALUES (?, ?, ?)
    ON CONFLICT (scope) DO UPDATE SET generation = excluded.generation, seq = excluded.seq
    WHERE excluded.generation > generation OR (excluded.generation = generation AND excluded.seq > seq)`);

  return {
    add(events) {
      return queue.write(() => {
        for (const { eventId, siteId, type, atMs, data } of events) {
          insert.run(eventId, siteId, type, atMs, JSON.stringify(data));
        }
      });
    },
    async dueSites(nowMs, limit) {
      const rows = selectDue.all(nowMs, limit);
      return queue.durable(rows.map((row) => text(row, 'site_id')));
    },
    async claim(siteId, nowMs, untilMs, limit) {
      const rows = await queue.write(() => claim.all(nowMs, untilMs, siteId, limit));
      return rows.map(toDelivery).sort((one, other) => one.atMs - other.atMs);
    },
    settle(eventId, { state, attempts, nextAtMs, problem, triedAtMs }) {
      return queue.write(() => {
        settle.run(state, attempts, nextAtMs, problem, triedAtMs, eventId);
      });
    },
    async list({ siteId = null, state = null, after }, limit) {
      const rows = select.all(siteId, state, after?.atMs ?? null, after?.eventId ?? null, limit);
      return queue.durable(rows.map(toDelivery));
    },
    retry(siteId, nowMs, eventId = undefined) {
      return queue.write(() => Number(retry.run(nowMs, siteId, eventId ?? null).changes));
    },
    dropOld(deliveredMs, deadMs) {
      return queue.write(() => {
        dropOld.run(deliveredMs, deadMs);
      });
    },
    async seenTo(scope) {
      const row = selectMark.get(scope);
      return queue.durable(
        row && { generation: figure(row, 'generation'), seq: figure(row, 'seq') },
      );
    },
    noteSeen(scope, generation, seq) {
      return queue.write(() => {
        mark.run(scope, generation, seq);
      });
    },
  };
}

export function toDelivery(row: Row): WebhookDelivery {
  return {
    eventId: text(row, 'event_id'),
    siteId: text(row, 'site_id'),
    type: text(row, 'type') as WebhookType,
    atMs: figure(row, 'at_ms'),
    data: json<WebhookDelivery['data']>(row, 'data'),
    state: text(row, 'state') as DeliveryState,
    attempts: figure(row, 'attempts'),
    nextAtMs: figure(row, 'next_at_ms'),
    problem: textOrNull(row, 'problem'),
    triedAtMs: figureOrNull(row, 'tried_at_ms'),
  };
}
