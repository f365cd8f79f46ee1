import type { DatabaseSync } from 'node:sqlite';
import type { Site, SitePolicy, SiteStore } from '../../../ports/store.ts';
import { figure, json, type Row, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSites(database: DatabaseSync, queue: WriteQueue): SiteStore {
  const selectByKey = database.prepare('SELECT * FROM sites WHERE key = ?');
  const selectById = database.prepare('SELECT * FROM sites WHERE site_id = ?');
  const selectBySecret = database.prepare('SELECT * FROM sites WHERE secret_hash = ?');
  const selectAll = database.prepare('SELECT * FROM sites ORDER BY created_at_ms, site_id');
  const put = database.prepare(`
    INSERT INTO sites (site_id, key, name, policy, origins, secret_hash, sealed_secret, created_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id) DO UPDATE SET
      key = excluded.key, name = excluded.name, policy = excluded.policy, origins = excluded.origins,
      secret_hash = excluded.secret_hash, sealed_secret = excluded.sealed_secret`);

  return {
    async byKey(key) {
      const row = selectByKey.get(key);
      return queue.durable(row && toSite(row));
    },
    async byId(siteId) {
      const row = selectById.get(siteId);
      return queue.durable(row && toSite(row));
    },
    async bySecretHash(secretHash) {
      const row = selectBySecret.get(secretHash);
      return queue.durable(row && toSite(row));
    },
    async list() {
      return queue.durable(selectAll.all().map(toSite));
    },
    put({ siteId, key, name, policy, origins, secretHash, sealedSecret, createdAtMs }) {
      return queue.write(() => {
        put.run(
          siteId,
          key,
          name,
          policy,
          JSON.stringify(origins),
          secretHash,
          sealedSecret,
          createdAtMs,
        );
      });
    },
  };
}

export function toSite(row: Row): Site {
  return {
    siteId: text(row, 'site_id'),
    key: text(row, 'key'),
    name: text(row, 'name'),
    policy: text(row, 'policy') as SitePolicy,
    origins: json<string[]>(row, 'origins'),
    secretHash: textOrNull(row, 'secret_hash'),
    sealedSecret: textOrNull(row, 'sealed_secret'),
    createdAtMs: figure(row, 'created_at_ms'),
  };
}
