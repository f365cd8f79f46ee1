import type { Request } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Sites } from '../accounts/sites.ts';
import type { Site } from '../ports/store.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Call } from './route.ts';

/**
 * The site that a path names, which has to be the one of the secret.
 *
 * @throws {JamzError} `not-found` for any other, whether there is one or not; `rate-limited`
 */
export function ownSite(
  sites: Pick<Sites, 'get'>,
  rateLimits: RateLimits,
): (call: Pick<Call<unknown>, 'actor' | 'param'>) => Promise<Site> {
  return async ({ actor, param }) => {
    await rateLimits.spend('site-backend', actor().siteId);
    const site = await sites.get(param('key')).catch((error: unknown) => {
      if (error instanceof JamzError && error.code === 'not-found') return undefined;
      throw error;
    });
    if (site?.siteId === actor().siteId) return site;
    throw new JamzError('not-found', 'This secret is of another site: check the key in the path');
  };
}

const defaultLimit = 100;
const maxLimit = 1_000;

/** `?after=` and `?limit=` of a list. @throws {JamzError} `invalid` */
export function pageAsked({ query }: Request): {
  readonly after: string | null;
  readonly limit: number;
} {
  const { after = null, limit = String(defaultLimit) } = query;
  if (after !== null && (typeof after !== 'string' || !/^[A-Za-z0-9_.~-]{1,100}$/.test(after))) {
    throw new JamzError('invalid', 'after is what "next" of the page before said');
  }
  if (typeof limit !== 'string' || !/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > maxLimit) {
    throw new JamzError('invalid', `limit is a whole number from 1 to ${maxLimit}`);
  }
  return { after, limit: Number(limit) };
}

/** A switch in the address. @throws {JamzError} `invalid` */
export function flagAsked({ query }: Request, name: string): boolean {
  const value = query[name];
  if (value === undefined || value === '0') return false;
  if (value === '1') return true;
  throw new JamzError('invalid', `${name} is 1 or 0`);
}
