import type { DatabaseSync } from 'node:sqlite';
import type { PersonalStore } from '../../../ports/store.ts';
import { toFile } from './files.ts';
import { figure, figureOrNull, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createPersonal(database: DatabaseSync, queue: WriteQueue): PersonalStore {
  const selectStays = database.prepare(
    'SELECT group_id FROM stays WHERE user_id = ? ORDER BY group_id',
  );
  const selectFiles = database.prepare(
    'SELECT * FROM files WHERE uploaded_by = ? ORDER BY created_at_ms, file_id',
  );
  const selectMessages = database.prepare(`
    SELECT *,
      (SELECT text FROM archived_edits WHERE scope = m.scope AND message_id = m.message_id
        ORDER BY stamp DESC LIMIT 1) AS edited_text,
      (SELECT edited_at_ms FROM archived_edits WHERE scope = m.scope AND message_id = m.message_id
        ORDER BY stamp DESC LIMIT 1) AS edited_at_ms
    FROM archived_messages AS m WHERE scope = ? AND author_id = ? AND seq > ? ORDER BY seq LIMIT ?`);
  const dropEdits = database.prepare(`
    DELETE FROM archived_edits WHERE scope = ?1 AND message_id IN
      (SELECT message_id FROM archived_messages WHERE scope = ?1 AND author_id = ?2)`);
  const redact = database.prepare(
    'UPDATE archived_messages SET text = ?3 WHERE scope = ?1 AND author_id = ?2',
  );
  const dropCut = database.prepare('DELETE FROM cut_commits WHERE scope = ?');
  const begin = database.prepare(`
    UPDATE users SET name = ?2, email = NULL, email_verified_at_ms = NULL, password_hash = NULL, external_id = NULL,
      erase_files = CASE WHEN erasing_since_ms IS NULL THEN ?4 ELSE erase_files END,
      erasing_since_ms = COALESCE(erasing_since_ms, ?3)
    WHERE user_id = ?1`);
  const selectBegun = database.prepare(`
    SELECT * FROM users WHERE erasing_since_ms IS NOT NULL ORDER BY erasing_since_ms, user_id`);
  const finish = [
    'DELETE FROM refresh_tokens WHERE user_id = ?',
    'DELETE FROM families WHERE user_id = ?',
    'DELETE FROM one_time_tokens WHERE user_id = ?',
    'DELETE FROM memberships WHERE user_id = ?',
    'DELETE FROM stays WHERE user_id = ?',
    "UPDATE files SET uploaded_by = '' WHERE uploaded_by = ?",
    'DELETE FROM push_subscriptions WHERE user_id = ?',
    'DELETE FROM trip_answers WHERE user_id = ?',
    'DELETE FROM trip_answers WHERE trip_id IN (SELECT trip_id FROM trips WHERE shared_by = ?)',
    'DELETE FROM trips WHERE shared_by = ?',
    "DELETE FROM settings WHERE owner = 'u:' || ?",
    'DELETE FROM users WHERE user_id = ?',
  ].map((sql) => database.prepare(sql));

  return {
    async groupsOf(userId) {
      return queue.durable(selectStays.all(userId).map((row) => text(row, 'group_id')));
    },
    async filesOf(userId) {
      return queue.durable(selectFiles.all(userId).map(toFile));
    },
    async messagesOf(scope, userId, afterSeq, limit) {
      const rows = selectMessages.all(scope, userId, afterSeq, limit);
      return queue.durable(
        rows.map((row) => ({
          messageId: text(row, 'message_id'),
          authorId: text(row, 'author_id'),
          text: text(row, row['edited_text'] === null ? 'text' : 'edited_text'),
          sentAtMs: figure(row, 'sent_at_ms'),
          editedAtMs: figureOrNull(row, 'edited_at_ms'),
          seq: figure(row, 'seq'),
        })),
      );
    },
    redactMessages(scope, userId, replacement) {
      return queue.write(() => {
        dropEdits.run(scope, userId);
        redact.run(scope, userId, replacement);
      });
    },
    dropCut(scope) {
      return queue.write(() => {
        dropCut.run(scope);
      });
    },
    beginErasure(userId, { name, atMs, alsoFiles }) {
      return queue.write(() => begin.run(userId, name, atMs, Number(alsoFiles)).changes > 0);
    },
    async begunErasures() {
      return queue.durable(
        selectBegun.all().map((row) => ({
          userId: text(row, 'user_id'),
          siteId: text(row, 'site_id'),
          name: text(row, 'name'),
          atMs: figure(row, 'erasing_since_ms'),
          alsoFiles: figure(row, 'erase_files') === 1,
        })),
      );
    },
    finishErasure(userId) {
      return queue.write(() => {
        for (const step of finish) step.run(userId);
      });
    },
  };
}
