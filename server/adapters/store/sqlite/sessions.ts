import type { DatabaseSync } from 'node:sqlite';
import type { RefreshRecord, SessionStore } from '../../../ports/store.ts';
import { figure, figureOrNull, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSessions(database: DatabaseSync, queue: WriteQueue): SessionStore {
  const select = database.prepare('SELECT * FROM refresh_tokens WHERE token_hash = ?');
  const insertToken = database.prepare(`
    INSERT INTO refresh_tokens (token_hash, family_id, user_id, expires_at_ms, used_at_ms, successor_hash)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const insertFamily = database.prepare(
    'INSERT INTO families (family_id, revoked) VALUES (?, 0) ON CONFLICT DO NOTHING',
  );
  const markUsed = database.prepare(`
    UPDATE refresh_tokens SET used_at_ms = ?, successor_hash = ?
    WHERE token_hash = ? AND used_at_ms IS NULL
      AND family_id IN (SELECT family_id FROM families WHERE revoked = 0)`);
  const revoke = database.prepare('UPDATE families SET revoked = 1 WHERE family_id = ?');
  const selectFamily = database.prepare(
    'SELECT 1 FROM families WHERE family_id = ? AND revoked = 0',
  );
  const dropTokens = database.prepare('DELETE FROM refresh_tokens WHERE expires_at_ms <= ?');
  const dropFamilies = database.prepare(`
    DELETE FROM families WHERE NOT EXISTS
      (SELECT 1 FROM refresh_tokens WHERE refresh_tokens.family_id = families.family_id)`);

  const insert = (record: RefreshRecord): void => {
    const { tokenHash, familyId, userId, expiresAtMs, usedAtMs, successorHash } = record;
    insertToken.run(tokenHash, familyId, userId, expiresAtMs, usedAtMs, successorHash);
  };

  return {
    async get(tokenHash) {
      const row = select.get(tokenHash);
      return queue.durable(
        row && {
          tokenHash: text(row, 'token_hash'),
          familyId: text(row, 'family_id'),
          userId: text(row, 'user_id'),
          expiresAtMs: figure(row, 'expires_at_ms'),
          usedAtMs: figureOrNull(row, 'used_at_ms'),
          successorHash: textOrNull(row, 'successor_hash'),
        },
      );
    },
    create(record) {
      return queue.write(() => {
        insertFamily.run(record.familyId);
        insert(record);
      });
    },
    rotate(tokenHash, successor, atMs) {
      return queue.write(() => {
        if (markUsed.run(atMs, successor.tokenHash, tokenHash).changes === 0) return 'used';
        insert(successor);
        return 'rotated';
      });
    },
    revokeFamily(familyId) {
      return queue.write(() => {
        revoke.run(familyId);
      });
    },
    async familyAlive(familyId) {
      return queue.durable(selectFamily.get(familyId) !== undefined);
    },
    dropExpired(nowMs) {
      return queue.write(() => {
        dropTokens.run(nowMs);
        dropFamilies.run();
      });
    },
  };
}
