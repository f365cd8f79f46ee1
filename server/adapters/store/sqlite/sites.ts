import type { DatabaseSync } from 'node:sqlite';
import type {
  ReplacedSecret,
  Site,
  SiteExpectation,
  SitePolicy,
  SiteStore,
} from '../../../ports/store.ts';
import { figure, json, type Row, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSites(database: DatabaseSync, queue: WriteQueue): SiteStore {
  const selectByKey = database.prepare('SELECT * FROM sites WHERE key = ?');
  const selectById = database.prepare('SELECT * FROM sites WHERE site_id = ?');
  const selectBySecret = database.prepare(
    'SELECT * FROM sites WHERE secret_hash = ?1 OR previous_hash = ?1',
  );
  const selectAll = database.prepare('SELECT * FROM sites ORDER BY created_at_ms, site_id');
  const selectOfOwner = database.prepare(
    'SELECT * FROM sites WHERE owner_id = ? ORDER BY created_at_ms, site_id',
  );
  const upsert = database.prepare(`
    INSERT INTO sites (
      site_id, key, name, policy, origins, secret_hash, sealed_secret, previous_hash, owner_id, settings, created_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id) DO UPDATE SET
      key = excluded.key, name = excluded.name, policy = excluded.policy, origins = excluded.origins,
      secret_hash = excluded.secret_hash, sealed_secret = excluded.sealed_secret,
      previous_hash = excluded.previous_hash, owner_id = excluded.owner_id, settings = excluded.settings`);

  const put = (site: Site): void => {
    const { siteId, key, name, policy, origins, secretHash, sealedSecret, createdAtMs } = site;
    const { previousSecret, ownerId, quotas, webhooks } = site;
    const settings: Settings = {
      ...(quotas && { quotas }),
      ...(webhooks && { webhooks }),
      ...(previousSecret && { previousSecret }),
    };
    upsert.run(
      ...[siteId, key, name, policy, JSON.stringify(origins), secretHash, sealedSecret],
      ...[previousSecret?.hash ?? null, ownerId ?? null, JSON.stringify(settings), createdAtMs],
    );
  };

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
    async ofOwner(ownerId) {
      return queue.durable(selectOfOwner.all(ownerId).map(toSite));
    },
    put: (site) => queue.write(() => put(site)),
    update(siteId, changes, expected = {}) {
      return queue.write(() => {
        const row = selectById.get(siteId);
        if (!row) return 'written';
        const site = toSite(row);
        if (!isAs(site, expected)) return 'changed';
        put({ ...site, ...changes });
        return 'written';
      });
    },
  };
}

function isAs(site: Site, { secretHash, webhooksRevision }: SiteExpectation): boolean {
  const revision = site.webhooks?.revision ?? 0;
  return (
    (secretHash === undefined || site.secretHash === secretHash) &&
    (webhooksRevision === undefined || revision === webhooksRevision)
  );
}

/** What nothing is looked up by. */
interface Settings extends Pick<Site, 'quotas' | 'webhooks'> {
  readonly previousSecret?: ReplacedSecret;
}

export function toSite(row: Row): Site {
  const ownerId = textOrNull(row, 'owner_id');
  return {
    siteId: text(row, 'site_id'),
    key: text(row, 'key'),
    name: text(row, 'name'),
    policy: text(row, 'policy') as SitePolicy,
    origins: json<string[]>(row, 'origins'),
    secretHash: textOrNull(row, 'secret_hash'),
    sealedSecret: textOrNull(row, 'sealed_secret'),
    ...json<Settings>(row, 'settings'),
    ...(ownerId === null ? {} : { ownerId }),
    createdAtMs: figure(row, 'created_at_ms'),
  };
}
