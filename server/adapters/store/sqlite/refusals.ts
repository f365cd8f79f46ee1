import type { DatabaseSync } from 'node:sqlite';
import { isErrorCode } from '../../../../sdk/protocol/errors.ts';
import type { RefusalStore } from '../../../ports/store.ts';
import { figure, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createRefusals(database: DatabaseSync, queue: WriteQueue): RefusalStore {
  const select = database.prepare(`
    SELECT number, code, message FROM refusals
    WHERE scope = ? AND replica_id = ? AND number IN (SELECT value FROM json_each(?))`);
  const put = database.prepare(`
    INSERT INTO refusals (scope, replica_id, number, code, message, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const dropExpired = database.prepare('DELETE FROM refusals WHERE expires_at_ms <= ?');

  return {
    async get(scope, replicaId, numbers) {
      const found = new Map<number, { code: ReturnType<typeof codeOf>; message: string }>();
      for (const row of select.all(scope, replicaId, JSON.stringify(numbers))) {
        found.set(figure(row, 'number'), {
          code: codeOf(text(row, 'code')),
          message: text(row, 'message'),
        });
      }
      return found;
    },
    put(scope, replicaId, refusals, expiresAtMs) {
      return queue.write(() => {
        for (const { number, code, message } of refusals) {
          put.run(scope, replicaId, number, code, message, expiresAtMs);
        }
      });
    },
    dropExpired(nowMs) {
      return queue.write(() => {
        dropExpired.run(nowMs);
      });
    },
  };
}

function codeOf(value: string) {
  // A code that this version does not know was written by a newer server; what it refused stays refused.
  return isErrorCode(value) ? value : 'invalid';
}
