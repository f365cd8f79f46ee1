import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor, Authenticate } from '../access/actor.ts';
import type { Site, Store } from '../ports/store.ts';
import type { AccessTokens } from './access-token.ts';
import type { Origins } from './origins.ts';

export interface AuthenticateDeps {
  readonly store: Pick<Store, 'sites' | 'users' | 'sessions'>;
  readonly tokens: AccessTokens;
  readonly origins: Origins;
}

/** Whom a bearer token speaks for; over HTTP it names its site itself. */
export type AuthenticateBearer = (token: string, origin: string | undefined) => Promise<Actor>;

/** For the socket's handshake, which names the site. */
export function createAuthenticate(deps: AuthenticateDeps): Authenticate {
  return async (token, siteKey, origin) => {
    const site = await deps.origins.siteFor(siteKey, origin);
    return actorOf(deps, token, (siteId) => {
      if (siteId !== site.siteId) {
        throw new JamzError(
          'unauthenticated',
          `This access token is not one of the site ${siteKey}: sign in there`,
        );
      }
      return Promise.resolve(site);
    });
  };
}

export function createAuthenticateBearer(deps: AuthenticateDeps): AuthenticateBearer {
  return (token, origin) =>
    actorOf(deps, token, async (siteId) => {
      const site = await deps.store.sites.byId(siteId);
      if (!site) throw new JamzError('unauthenticated', 'The site of this access token is gone');
      deps.origins.check(site, origin);
      return site;
    });
}

async function actorOf(
  { store, tokens }: AuthenticateDeps,
  token: string,
  siteOf: (siteId: string) => Promise<Site>,
): Promise<Actor> {
  const { userId, siteId, familyId, expiresAtMs } = await tokens.verify(token);
  const site = await siteOf(siteId);
  const [alive, user] = await Promise.all([
    store.sessions.familyAlive(familyId),
    store.users.byId(userId),
  ]);
  if (!alive || !user || user.siteId !== site.siteId) {
    throw new JamzError('unauthenticated', 'This sign-in has been ended: sign in again');
  }
  const { name, guest, email, emailVerifiedAtMs } = user;
  return {
    userId,
    siteId,
    name,
    guest,
    ...(email === null ? {} : { email, emailVerified: emailVerifiedAtMs !== null }),
    siteAdmin: false,
    familyId,
    expiresAtMs,
  };
}
