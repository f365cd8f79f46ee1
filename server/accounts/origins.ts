import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site, SiteStore } from '../ports/store.ts';

/** Finds sites and says which pages may use them. */
export interface Origins {
  /**
   * The site of a publishable key, once the calling page may use it.
   *
   * @param origin the browser's `Origin`; undefined outside a browser, where it protects nobody
   * @throws {JamzError} `not-found`, `origin-not-allowed`
   */
  siteFor(key: string, origin: string | undefined): Promise<Site>;
  /** @throws {JamzError} `origin-not-allowed`, naming the origin and the cure */
  check(site: Site, origin: string | undefined): void;
  /** Whether any site of this server lists the origin. Asked for every cross-origin request, so it remembers for 2 s. */
  isKnown(origin: string): Promise<boolean>;
}

const rememberedMs = 2_000;

/** @param own the origins of this server's own pages, which may use every site */
export function createOrigins(
  sites: SiteStore,
  clock: Clock,
  own: () => readonly string[],
): Origins {
  let known: ReadonlySet<string> = new Set();
  let readAtMs = Number.NEGATIVE_INFINITY;

  const allows = (origins: ReadonlySet<string>, origin: string): boolean =>
    origins.has('*') || origins.has(origin) || own().includes(origin);

  function check(site: Site, origin: string | undefined): void {
    if (origin === undefined || allows(new Set(site.origins), origin)) return;
    throw new JamzError(
      'origin-not-allowed',
      `Pages of ${origin} may not use the site ${site.key}: add this origin to the site's list`,
    );
  }

  return {
    check,
    async siteFor(key, origin) {
      const site = await sites.byKey(key);
      if (!site) {
        throw new JamzError('not-found', `There is no site with the key ${key}: check the key`);
      }
      check(site, origin);
      return site;
    },
    async isKnown(origin) {
      if (clock.nowMs() - readAtMs > rememberedMs) {
        known = new Set((await sites.list()).flatMap((site) => site.origins));
        readAtMs = clock.nowMs();
      }
      return allows(known, origin);
    },
  };
}
