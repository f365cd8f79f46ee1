import { createHash } from 'node:crypto';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { SiteStore } from '../ports/store.ts';
import type { AuthenticateBearer } from './authenticate.ts';

/** Whether a bearer token is, by its looks, a site's secret. */
export function isSiteSecret(token: string): boolean {
  return token.startsWith('sk_');
}

/** A site's own backend, by the site's secret. */
export function createAuthenticateSite(sites: SiteStore, clock: Clock): AuthenticateBearer {
  return async (secret, origin) => {
    if (origin !== undefined) {
      throw new JamzError(
        'forbidden',
        'A site’s secret belongs on its server: it came from a page, so rotate it now',
      );
    }
    const secretHash = createHash('sha256').update(secret).digest('hex');
    const site = await sites.bySecretHash(secretHash);
    if (!site) throw new JamzError('unauthenticated', 'This is the secret of no site here');
    if (site.secretHash !== secretHash && (site.previousSecret?.untilMs ?? 0) <= clock.nowMs()) {
      throw new JamzError('unauthenticated', 'This secret was replaced: use the newer one');
    }
    const actor: Actor = {
      userId: site.siteId,
      siteId: site.siteId,
      name: site.name,
      guest: false,
      siteAdmin: true,
      // No sign-in: it lasts until the secret is rotated.
      familyId: '',
      expiresAtMs: Number.POSITIVE_INFINITY,
    };
    return actor;
  };
}
