import { JamzError } from '../../sdk/protocol/errors.ts';
import { newId, type UserId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  AuditKind,
  Site,
  SiteChanges,
  SitePolicy,
  SiteQuotas,
  SiteStore,
} from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import { newSiteSecret } from './site-secret.ts';

/** Registering the sites that use this server, and changing them. Who did it goes into the audit log. */
export interface Sites {
  /** @returns the site, and its secret, which is shown this once. @throws {JamzError} `invalid` when the key is taken */
  add(site: NewSite, by?: UserId): Promise<SecretShown>;
  /**
   * Gives the site a new secret. The one before stays good for `overlapMs`, by default a day; any older one ends now.
   *
   * @throws {JamzError} `not-found`
   */
  rotate(
    key: string,
    how?: { readonly overlapMs?: number; readonly by?: UserId },
  ): Promise<SecretShown>;
  /** Changes what is named. @throws {JamzError} `not-found`, `invalid` without an origin */
  change(key: string, changes: SiteEdits, by?: UserId): Promise<Site>;
  /** @throws {JamzError} `not-found` */
  get(key: string): Promise<Site>;
  list(): Promise<readonly Site[]>;
  ofOwner(ownerId: UserId): Promise<readonly Site[]>;
  /** Makes the site of the playground, open to every page, where it is not there yet. */
  ensureDemo(): Promise<Site>;
  /** Makes the site whose people register sites, where it is not there yet. */
  ensureConsole(): Promise<Site>;
}

export interface NewSite {
  readonly name: string;
  readonly policy: SitePolicy;
  readonly origins: readonly string[];
  /** Default: one is made. */
  readonly key?: string;
  readonly ownerId?: UserId;
  readonly quotas?: Partial<SiteQuotas>;
}

/** What may be changed of a site once it is there. */
export type SiteEdits = Pick<SiteChanges, 'name' | 'policy' | 'origins' | 'quotas'>;

export interface SecretShown {
  readonly site: Site;
  readonly secret: string;
}

export const demoSiteKey = 'pk_demo';
/** Its people are those who register sites for themselves; only this server's own pages may use it. */
export const consoleSiteKey = 'pk_console';

export interface SitesDeps {
  readonly sites: SiteStore;
  readonly clock: Clock;
  readonly sealingKey: Uint8Array;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly note: Note;
}

const dayMs = 86_400_000;

export function createSites(deps: SitesDeps): Sites {
  const { sites, clock, sealingKey, random, randomBytes, note } = deps;

  async function known(key: string): Promise<Site> {
    const site = await sites.byKey(key);
    if (site) return site;
    throw new JamzError('not-found', `There is no site with the key ${key}: see "sites list"`);
  }

  const record = ({ key, ...site }: NewSite): Site => ({
    ...site,
    siteId: newId(random),
    key: key ?? `pk_${newId(random, 20)}`,
    secretHash: null,
    sealedSecret: null,
    createdAtMs: clock.nowMs(),
  });

  async function ensure(site: NewSite & { readonly key: string }): Promise<Site> {
    const there = await sites.byKey(site.key);
    if (there) return there;
    const made = record(site);
    try {
      await sites.put(made);
      return made;
    } catch (error) {
      // Another process that started in the same moment was first.
      const first = await sites.byKey(site.key);
      if (first) return first;
      throw error;
    }
  }

  return {
    async add(site, by) {
      if (site.key !== undefined && (await sites.byKey(site.key))) {
        throw new JamzError('invalid', `There is a site with the key ${site.key} already`);
      }
      const { secret, ...kept } = newSiteSecret(sealingKey, randomBytes);
      const made = { ...record(site), ...kept };
      await sites.put(made);
      note('site-added', { siteId: made.siteId, actorId: by });
      return { site: made, secret };
    },

    async rotate(key, { overlapMs = dayMs, by } = {}) {
      for (;;) {
        const site = await known(key);
        const { secret, ...kept } = newSiteSecret(sealingKey, randomBytes);
        const { secretHash: hash, sealedSecret: sealed } = site;
        const untilMs = clock.nowMs() + overlapMs;
        const previousSecret = hash === null || overlapMs === 0 ? null : { hash, sealed, untilMs };
        const changes = { ...kept, previousSecret };
        // Of two that rotate at once the second replaces what the first was given.
        if ((await sites.update(site.siteId, changes, { secretHash: hash })) === 'changed')
          continue;
        note('site-secret-rotated', { siteId: site.siteId, actorId: by });
        return { site: { ...site, ...changes }, secret };
      }
    },

    async change(key, changes, by) {
      const site = await known(key);
      if (changes.origins?.length === 0) {
        throw new JamzError('invalid', 'A site has at least one origin; * is any page');
      }
      await sites.update(site.siteId, changes);
      for (const name of editNames) {
        if (changes[name] === undefined || isSame(changes[name], site[name])) continue;
        note(kinds[name], { siteId: site.siteId, actorId: by });
      }
      return { ...site, ...changes };
    },

    get: known,
    list: () => sites.list(),
    ofOwner: (ownerId) => sites.ofOwner(ownerId),
    ensureDemo: () => ensure({ name: 'Demo', policy: 'open', origins: ['*'], key: demoSiteKey }),
    ensureConsole: () =>
      ensure({ name: 'TrafficJamz sites', policy: 'invite', origins: [], key: consoleSiteKey }),
  };
}

const kinds = {
  name: 'site-renamed',
  policy: 'site-policy-changed',
  origins: 'site-origins-changed',
  quotas: 'site-quotas-changed',
} as const satisfies Record<keyof SiteEdits, AuditKind>;

const editNames = ['name', 'policy', 'origins', 'quotas'] as const;

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
