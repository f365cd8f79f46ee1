import type { DatabaseSync } from 'node:sqlite';
import type { ArchivedMessage, ArchiveStore } from '../../../ports/store.ts';
import { figure, figureOrNull, type Row, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

/** Messages and their edits lie in rows of their own, by their place in the log: a log wound back takes them along. */
export function createArchive(database: DatabaseSync, queue: WriteQueue): ArchiveStore {
  const selectFilled = database.prepare('SELECT filled_to FROM archives WHERE scope = ?');
  const putFilled = database.prepare(`
    INSERT INTO archives (scope, filled_to) VALUES (?, ?)
    ON CONFLICT (scope) DO UPDATE SET filled_to = excluded.filled_to`);
  const insertMessage = database.prepare(`
    INSERT INTO archived_messages (scope, seq, message_id, author_id, text, sent_at_ms, stamp)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const insertEdit = database.prepare(`
    INSERT INTO archived_edits (scope, message_id, seq, text, stamp, edited_at_ms)
    SELECT scope, message_id, ?3, ?4, ?5, ?6 FROM archived_messages
    WHERE scope = ?1 AND message_id = ?2 AND author_id = ?7 AND stamp < ?5
    ON CONFLICT DO NOTHING`);
  const selectOne = database.prepare(
    'SELECT * FROM archived_messages WHERE scope = ? AND message_id = ?',
  );
  const selectBefore = database.prepare(
    'SELECT * FROM archived_messages WHERE scope = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
  );
  const selectEdit = database.prepare(`
    SELECT text, edited_at_ms FROM archived_edits WHERE scope = ? AND message_id = ?
    ORDER BY stamp DESC LIMIT 1`);

  const filledTo = (scope: string): number => {
    const row = selectFilled.get(scope);
    return row ? figure(row, 'filled_to') : 0;
  };
  const toMessage = (scope: string, row: Row): ArchivedMessage => {
    const messageId = text(row, 'message_id');
    const edit = selectEdit.get(scope, messageId);
    return {
      messageId,
      authorId: text(row, 'author_id'),
      text: text(edit ?? row, 'text'),
      sentAtMs: figure(row, 'sent_at_ms'),
      editedAtMs: edit ? figureOrNull(edit, 'edited_at_ms') : null,
      seq: figure(row, 'seq'),
    };
  };

  return {
    async filledTo(scope) {
      return queue.durable(filledTo(scope));
    },
    fill(scope, from, to, sent, edits) {
      return queue.write(() => {
        if (filledTo(scope) !== from) return 'conflict';
        for (const message of sent) {
          const { seq, messageId, authorId, sentAtMs, stamp } = message;
          insertMessage.run(scope, seq, messageId, authorId, message.text, sentAtMs, stamp);
        }
        for (const edit of edits) {
          const { seq, messageId, authorId, editedAtMs, stamp } = edit;
          insertEdit.run(scope, messageId, seq, edit.text, stamp, editedAtMs, authorId);
        }
        putFilled.run(scope, to);
        return 'written';
      });
    },
    async find(scope, messageId) {
      const row = selectOne.get(scope, messageId);
      return queue.durable(row && toMessage(scope, row));
    },
    async before(scope, seq, limit) {
      return queue.durable(selectBefore.all(scope, seq, limit).map((row) => toMessage(scope, row)));
    },
  };
}
