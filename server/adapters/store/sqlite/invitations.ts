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
  };
}
