import type { DatabaseSync } from 'node:sqlite';
import type { InvitationStore } from '../../../ports/store.ts';
import { text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createInvitations(database: DatabaseSync, queue: WriteQueue): InvitationStore {
  const select = database.prepare('SELECT group_id FROM invitations WHERE code = ?');
  // A code never moves to another group, even if it were drawn twice.
  const put = database.prepare(
    'INSERT INTO invitations (code, group_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const noteUse = database.prepare(
    'INSERT INTO invitation_uses (code, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const selectUse = database.prepare(`
    SELECT 1 FROM invitation_uses
    WHERE code = ? AND user_id IN (SELECT value FROM json_each(?)) LIMIT 1`);
  return {
    async groupOf(code) {
      const row = select.get(code);
      return queue.durable(row && text(row, 'group_id'));
    },
    put(code, groupId) {
      return queue.write(() => {
        put.run(code, groupId);
      });
    },
    noteUse(code, userId) {
      return queue.write(() => {
        noteUse.run(code, userId);
      });
    },
    async wasUsedBy(code, userIds) {
      return queue.durable(selectUse.get(code, JSON.stringify(userIds)) !== undefined);
    },
  };
}
