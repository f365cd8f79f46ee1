import type { DatabaseSync } from 'node:sqlite';
import { isErrorCode } from '../../../../sdk/protocol/errors.ts';
import type { RefusalStore } from '../../../ports/store.ts';
import { figure, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

/**
 * Refusals are few and asked for with each push, so who has any is kept in memory.
 *
 * @param isAlone nobody else writes to the file
 */
export function createRefusals(
  database: DatabaseSync,
  queue: WriteQueue,
  isAlone: boolean,
): RefusalStore {
  const select = database.prepare(`
    SELECT number, code, message FROM refusals
    WHERE scope = ? AND replica_id = ? AND number BETWEEN ? AND ?`);
  const put = database.prepare(`
    INSERT INTO refusals (scope, replica_id, number, code, message, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const selectWho = database.prepare('SELECT DISTINCT scope, replica_id FROM refusals');
  const dropExpired = database.prepare('DELETE FROM refusals WHERE expires_at_ms <= ?');

  const whoHasAny = (): Set<string> =>
    new Set(selectWho.all().map((row) => keyOf(text(row, 'scope'), text(row, 'replica_id'))));
  let refused = whoHasAny();

  return {
    async get(scope, replicaId, numbers) {
      const found = new Map<number, { code: ReturnType<typeof codeOf>; message: string }>();
      if (numbers.length === 0) return found;
      if (isAlone && !refused.has(keyOf(scope, replicaId))) return found;
      const asked = new Set(numbers);
      // A replica's numbers lie close together, and refusals are few: a range is quicker than a list.
      for (const row of select.all(scope, replicaId, ...bounds(numbers))) {
        const number = figure(row, 'number');
        if (!asked.has(number)) continue;
        found.set(number, { code: codeOf(text(row, 'code')), message: text(row, 'message') });
      }
      return queue.durable(found);
    },
    put(scope, replicaId, refusals, expiresAtMs) {
      return queue.write(() => {
        refused.add(keyOf(scope, replicaId));
        for (const { number, code, message } of refusals) {
          put.run(scope, replicaId, number, code, message, expiresAtMs);
        }
      });
    },
    dropExpired(nowMs) {
      return queue.write(() => {
        dropExpired.run(nowMs);
        refused = whoHasAny();
      });
    },
  };
}

function keyOf(scope: string, replicaId: string): string {
  return `${scope} ${replicaId}`;
}

function bounds(numbers: readonly number[]): [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return [least, most];
}

function codeOf(value: string) {
  // A code that this version does not know was written by a newer server; what it refused stays refused.
  return isErrorCode(value) ? value : 'invalid';
}
