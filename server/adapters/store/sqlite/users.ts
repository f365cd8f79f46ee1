import type { DatabaseSync } from 'node:sqlite';
import type { UserRecord, UserStore } from '../../../ports/store.ts';
import { figure, figureOrNull, type Row, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createUsers(database: DatabaseSync, queue: WriteQueue): UserStore {
  const selectById = database.prepare('SELECT * FROM users WHERE user_id = ?');
  const selectByEmail = database.prepare('SELECT * FROM users WHERE site_id = ? AND email = ?');
  const selectByExternalId = database.prepare(
    'SELECT * FROM users WHERE site_id = ? AND external_id = ?',
  );
  const insert = database.prepare(`
    INSERT INTO users (user_id, site_id, name, guest, email, email_verified_at_ms, password_hash, external_id,
      created_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const rename = database.prepare('UPDATE users SET name = ?1 WHERE user_id = ?2 AND name <> ?1');
  const upgrade = database.prepare(`
    UPDATE OR IGNORE users SET guest = 0, name = ?, email = ?, password_hash = ?
    WHERE user_id = ? AND guest = 1`);
  const verifyEmail = database.prepare(`
    UPDATE users SET email_verified_at_ms = COALESCE(email_verified_at_ms, ?)
    WHERE user_id = ? AND email = ?`);
  const changeEmail = database.prepare(`
    UPDATE OR IGNORE users SET email = ?, email_verified_at_ms = ?
    WHERE user_id = ? AND email IS NOT NULL`);
  const setPassword = database.prepare('UPDATE users SET password_hash = ? WHERE user_id = ?');

  const found = (row: Row | undefined): UserRecord | undefined => row && toUser(row);

  return {
    async byId(userId) {
      return queue.durable(found(selectById.get(userId)));
    },
    async byEmail(siteId, email) {
      return queue.durable(found(selectByEmail.get(siteId, email)));
    },
    async byExternalId(siteId, externalId) {
      return queue.durable(found(selectByExternalId.get(siteId, externalId)));
    },
    create(user) {
      const { userId, siteId, name, guest, email, emailVerifiedAtMs } = user;
      const { passwordHash, externalId, createdAtMs } = user;
      return queue.write(() => {
        const { changes } = insert.run(
          userId,
          siteId,
          name,
          Number(guest),
          email,
          emailVerifiedAtMs,
          passwordHash,
          externalId,
          createdAtMs,
        );
        return changes > 0 ? 'written' : 'taken';
      });
    },
    rename(userId, name) {
      return queue.write(() => {
        rename.run(name, userId);
      });
    },
    upgrade(userId, { name, email, passwordHash }) {
      return queue.write(() => {
        if (upgrade.run(name, email, passwordHash, userId).changes > 0) return 'written';
        return found(selectById.get(userId))?.guest === true ? 'taken' : 'no-guest';
      });
    },
    verifyEmail(userId, email, atMs) {
      return queue.write(() => verifyEmail.run(atMs, userId, email).changes > 0);
    },
    setPassword(userId, passwordHash) {
      return queue.write(() => {
        setPassword.run(passwordHash, userId);
      });
    },
    changeEmail(userId, email, verifiedAtMs) {
      return queue.write(() => {
        if (changeEmail.run(email, verifiedAtMs, userId).changes > 0) return 'written';
        return (found(selectById.get(userId))?.email ?? null) === null ? 'no-account' : 'taken';
      });
    },
  };
}

export function toUser(row: Row): UserRecord {
  return {
    userId: text(row, 'user_id'),
    siteId: text(row, 'site_id'),
    name: text(row, 'name'),
    guest: figure(row, 'guest') === 1,
    email: textOrNull(row, 'email'),
    emailVerifiedAtMs: figureOrNull(row, 'email_verified_at_ms'),
    passwordHash: textOrNull(row, 'password_hash'),
    externalId: textOrNull(row, 'external_id'),
    createdAtMs: figure(row, 'created_at_ms'),
  };
}
