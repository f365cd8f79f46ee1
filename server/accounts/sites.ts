import { JamzError } from '../../sdk/protocol/errors.ts';
import { newId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site, SitePolicy, SiteStore } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import { newSiteSecret } from './site-secret.ts';

/** Registering the sites that use this server. */
export interface Sites {
  /** @returns the site, and its secret, which is shown this once. @throws {JamzError} `invalid` when the key is taken */
  add(site: NewSite): Promise<{ readonly site: Site; readonly secret: string }>;
  /** Gives the site a new secret; the old one stops working at once. @throws {JamzError} `not-found` */
  rotate(key: string): Promise<{ readonly site: Site; readonly secret: string }>;
  /** @throws {JamzError} `not-found` */
  setPolicy(key: string, policy: SitePolicy): Promise<Site>;
  list(): Promise<readonly Site[]>;
  /** Makes the site of the playground, open to every page, where it is not there yet. */
  ensureDemo(): Promise<Site>;
}

export interface NewSite {
  readonly name: string;
  readonly policy: SitePolicy;
  readonly origins: readonly string[];
  /** Default: one is made. */
  readonly key?: string;
}

export const demoSiteKey = 'pk_demo';

export interface SitesDeps {
  readonly sites: SiteStore;
  readonly clock: Clock;
  readonly sealingKey: Uint8Array;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly note: Note;
}

export function createSites({
  sites,
  clock,
  sealingKey,
  random,
  randomBytes,
  note,
}: SitesDeps): Sites {
  async function known(key: string): Promise<Site> {
    const site = await sites.byKey(key);
    if (site) return site;
    throw new JamzError('not-found', `There is no site with the key ${key}: see "sites list"`);
  }

  async function withNewSecret(site: Site): Promise<{ site: Site; secret: string }> {
    const { secret, ...kept } = newSiteSecret(sealingKey, randomBytes);
    const now = { ...site, ...kept };
    await sites.put(now);
    return { site: now, secret };
  }

  const record = ({ name, policy, origins, key }: NewSite): Site => ({
    siteId: newId(random),
    key: key ?? `pk_${newId(random, 20)}`,
    name,
    policy,
    origins,
    secretHash: null,
    sealedSecret: null,
    createdAtMs: clock.nowMs(),
  });

  return {
    async add(site) {
      if (site.key !== undefined && (await sites.byKey(site.key))) {
        throw new JamzError('invalid', `There is a site with the key ${site.key} already`);
      }
      const made = await withNewSecret(record(site));
      note('site-added', made.site);
      return made;
    },
    async rotate(key) {
      const made = await withNewSecret(await known(key));
      note('site-secret-rotated', made.site);
      return made;
    },
    async setPolicy(key, policy) {
      const site = { ...(await known(key)), policy };
      await sites.put(site);
      note('site-policy-changed', site);
      return site;
    },
    list: () => sites.list(),
    async ensureDemo() {
      const there = await sites.byKey(demoSiteKey);
      if (there) return there;
      const site = record({ name: 'Demo', policy: 'open', origins: ['*'], key: demoSiteKey });
      await sites.put(site);
      return site;
    },
  };
}
