import type { DatabaseSync } from 'node:sqlite';
import type { PushStore, PushSubscriptionRecord } from '../../../ports/store.ts';
import { figure, type Row, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createPushes(database: DatabaseSync, queue: WriteQueue): PushStore {
  const put = database.prepare(`
    INSERT OR REPLACE INTO push_subscriptions (subscription_id, user_id, site_id, family_id, endpoint,
      p256dh, auth, language, page, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const select = database.prepare('SELECT * FROM push_subscriptions WHERE subscription_id = ?');
  const selectOfUsers = database.prepare(
    'SELECT * FROM push_subscriptions WHERE user_id IN (SELECT value FROM json_each(?))',
  );
  const drop = database.prepare('DELETE FROM push_subscriptions WHERE subscription_id = ?');
  const dropOfFamily = database.prepare('DELETE FROM push_subscriptions WHERE family_id = ?');
  const claim = database.prepare(
    'INSERT INTO push_claims (key, expires_at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const unclaim = database.prepare('DELETE FROM push_claims WHERE key = ?');
  const dropExpired = database.prepare('DELETE FROM push_claims WHERE expires_at_ms <= ?');

  return {
    put(one) {
      return queue.write(() => {
        const keys = [one.endpoint, one.p256dh, one.auth] as const;
        const { subscriptionId, userId, siteId, familyId, language, page, createdAtMs } = one;
        put.run(subscriptionId, userId, siteId, familyId, ...keys, language, page, createdAtMs);
      });
    },
    async get(subscriptionId) {
      const row = select.get(subscriptionId);
      return queue.durable(row && toSubscription(row));
    },
    async ofUsers(userIds) {
      return queue.durable(selectOfUsers.all(JSON.stringify(userIds)).map(toSubscription));
    },
    drop(subscriptionId) {
      return queue.write(() => {
        drop.run(subscriptionId);
      });
    },
    dropOfFamily(familyId) {
      return queue.write(() => {
        dropOfFamily.run(familyId);
      });
    },
    claim(key, expiresAtMs) {
      return queue.write(() => claim.run(key, expiresAtMs).changes > 0);
    },
    unclaim(key) {
      return queue.write(() => {
        unclaim.run(key);
      });
    },
    dropExpired(nowMs) {
      return queue.write(() => {
        dropExpired.run(nowMs);
      });
    },
  };
}

export function toSubscription(row: Row): PushSubscriptionRecord {
  return {
    subscriptionId: text(row, 'subscription_id'),
    userId: text(row, 'user_id'),
    siteId: text(row, 'site_id'),
    familyId: text(row, 'family_id'),
    endpoint: text(row, 'endpoint'),
    p256dh: text(row, 'p256dh'),
    auth: text(row, 'auth'),
    language: text(row, 'language'),
    page: text(row, 'page'),
    createdAtMs: figure(row, 'created_at_ms'),
  };
}

/** A step of the schema; see `migrations.ts`. */
export const pushAndSettingsSchema = `
  CREATE TABLE push_subscriptions (
    subscription_id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    family_id TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    language TEXT NOT NULL,
    page TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id);
  CREATE INDEX push_subscriptions_by_family ON push_subscriptions (family_id);

  CREATE TABLE push_claims (
    key TEXT PRIMARY KEY,
    expires_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX push_claims_by_expiry ON push_claims (expires_at_ms);

  CREATE TABLE settings (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, owner)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX settings_by_owner ON settings (owner);
`;
