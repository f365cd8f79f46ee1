import type { DatabaseSync } from 'node:sqlite';
import type { FamilyRecord, RefreshRecord, SessionStore } from '../../../ports/store.ts';
import { figure, figureOrNull, type Row, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSessions(database: DatabaseSync, queue: WriteQueue): SessionStore {
  const select = database.prepare('SELECT * FROM refresh_tokens WHERE token_hash = ?');
  const insertToken = database.prepare(`
    INSERT INTO refresh_tokens (token_hash, family_id, user_id, expires_at_ms, used_at_ms, successor_hash)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const insertFamily = database.prepare(
    `INSERT INTO families (family_id, revoked, user_id, device, created_at_ms, last_used_at_ms)
     VALUES (?, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const touchFamily = database.prepare(
    'UPDATE families SET last_used_at_ms = ? WHERE family_id = ?',
  );
  const selectOfUser = database.prepare(`
    SELECT * FROM families WHERE user_id = ? AND revoked = 0 AND EXISTS
      (SELECT 1 FROM refresh_tokens WHERE refresh_tokens.family_id = families.family_id
        AND used_at_ms IS NULL AND expires_at_ms > ?)
    ORDER BY last_used_at_ms DESC, created_at_ms DESC, family_id`);
  const revokeOthers = database.prepare(`
    UPDATE families SET revoked = 1 WHERE user_id = ? AND revoked = 0 AND family_id <> ?
    RETURNING family_id`);
  const markUsed = database.prepare(`
    UPDATE refresh_tokens SET used_at_ms = ?, successor_hash = ?
    WHERE token_hash = ? AND used_at_ms IS NULL
      AND family_id IN (SELECT family_id FROM families WHERE revoked = 0)`);
  const revoke = database.prepare('UPDATE families SET revoked = 1 WHERE family_id = ?');
  const selectFamily = database.prepare(
    'SELECT * FROM families WHERE family_id = ? AND revoked = 0',
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
    create(record, { device, atMs }) {
      return queue.write(() => {
        insertFamily.run(record.familyId, record.userId, device, atMs, atMs);
        insert(record);
      });
    },
    rotate(tokenHash, successor, atMs) {
      return queue.write(() => {
        if (markUsed.run(atMs, successor.tokenHash, tokenHash).changes === 0) return 'used';
        insert(successor);
        touchFamily.run(atMs, successor.familyId);
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
    async familyOf(familyId) {
      const row = selectFamily.get(familyId);
      return queue.durable(row && toFamily(row));
    },
    async familiesOf(userId, nowMs) {
      return queue.durable(selectOfUser.all(userId, nowMs).map(toFamily));
    },
    revokeAllOf(userId, but = '') {
      return queue.write(() => revokeOthers.all(userId, but).map((row) => text(row, 'family_id')));
    },
    dropExpired(nowMs) {
      return queue.write(() => {
        dropTokens.run(nowMs);
        dropFamilies.run();
      });
    },
  };
}

export function toFamily(row: Row): FamilyRecord {
  return {
    familyId: text(row, 'family_id'),
    userId: text(row, 'user_id'),
    device: text(row, 'device'),
    createdAtMs: figure(row, 'created_at_ms'),
    lastUsedAtMs: figure(row, 'last_used_at_ms'),
  };
}
