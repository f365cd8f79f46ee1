import type { DatabaseSync } from 'node:sqlite';
import type { OneTimePurpose, OneTimeTokenStore } from '../../../ports/store.ts';
import { figure, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createOneTimeTokens(database: DatabaseSync, queue: WriteQueue): OneTimeTokenStore {
  const insert = database.prepare(`
    INSERT INTO one_time_tokens (token_hash, purpose, user_id, email, expires_at_ms) VALUES (?, ?, ?, ?, ?)`);
  // Read and forgotten in one step, so that it works once whoever comes together.
  const take = database.prepare(`
    DELETE FROM one_time_tokens WHERE token_hash = ? AND purpose = ? AND expires_at_ms > ? RETURNING *`);
  const dropOf = database.prepare('DELETE FROM one_time_tokens WHERE user_id = ? AND purpose = ?');
  const dropExpired = database.prepare('DELETE FROM one_time_tokens WHERE expires_at_ms <= ?');

  return {
    create({ tokenHash, purpose, userId, email, expiresAtMs }) {
      return queue.write(() => {
        insert.run(tokenHash, purpose, userId, email, expiresAtMs);
      });
    },
    take(tokenHash, purpose, nowMs) {
      return queue.write(() => {
        const row = take.get(tokenHash, purpose, nowMs);
        return (
          row && {
            tokenHash: text(row, 'token_hash'),
            purpose: text(row, 'purpose') as OneTimePurpose,
            userId: text(row, 'user_id'),
            email: text(row, 'email'),
            expiresAtMs: figure(row, 'expires_at_ms'),
          }
        );
      });
    },
    dropOf(userId, purpose) {
      return queue.write(() => {
        dropOf.run(userId, purpose);
      });
    },
    dropExpired(nowMs) {
      return queue.write(() => {
        dropExpired.run(nowMs);
      });
    },
  };
}
