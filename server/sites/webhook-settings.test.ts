import { deepEqual, equal, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { Site, Store } from '../ports/store.ts';
import { createWebhookSettings, type WebhookSettings } from './webhook-settings.ts';

describe('the settings of webhooks', () => {
  let store: Store;
  let settings: WebhookSettings;
  let site: Site;
  const noted: string[] = [];
  const edits = { url: 'https://a.example', types: [], resolveTrackUrl: null } as const;
  beforeEach(async () => {
    store = createSqliteStore({ path: ':memory:' });
    site = {
      ...{ siteId: 's1', key: 'pk_a', name: 'A', policy: 'open', origins: ['*'] },
      ...{ secretHash: null, sealedSecret: null, createdAtMs: 1 },
    };
    await store.sites.put(site);
    settings = createWebhookSettings({
      sites: store.sites,
      clock: { nowMs: () => 1_000 },
      outbound: { refusalOf: () => undefined },
      sealingKey: randomBytes(32),
      randomBytes,
      note: (kind) => noted.push(kind),
      onChanged: () => {},
    });
  });
  afterEach(() => store.close());

  const webhooks = async () => (await store.sites.byId('s1'))?.webhooks ?? undefined;

  it('[WH8] lose nothing where two change them at the same moment', async () => {
    const first = await settings.set(site, edits);
    ok(first.secret);
    const [changed, rotated] = await Promise.all([
      settings.set(site, { ...edits, url: 'https://b.example' }),
      settings.rotate(site),
    ]);
    const now = await webhooks();
    ok(now);
    equal(now.url, 'https://b.example');
    equal(changed.url, 'https://b.example');
    // The new secret, which somebody was given, signs; and the one before does, for a day.
    deepEqual(settings.secretsOf(now), [rotated.secret, first.secret]);
  });

  it('[WH8] give one of two that begin at the same moment the secret', async () => {
    const both = await Promise.all([settings.set(site, edits), settings.set(site, edits)]);
    const secrets = both.flatMap(({ secret }) => secret ?? []);
    const now = await webhooks();
    ok(now);
    deepEqual(settings.secretsOf(now), secrets);
    equal(secrets.length, 1);
  });
});
