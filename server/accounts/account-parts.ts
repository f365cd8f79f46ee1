import type { Authenticate } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { createAccessTokens, createDrainTokens } from './access-token.ts';
import { type AccountGroups, type Accounts, createAccounts } from './accounts.ts';
import {
  type AuthenticateBearer,
  createAuthenticate,
  createAuthenticateBearer,
} from './authenticate.ts';
import { keysFrom } from './keys.ts';
import { createOrigins, type Origins } from './origins.ts';
import { createPeople } from './people.ts';
import type { Profiles } from './profiles.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSites, type Sites } from './sites.ts';

/** Everything that knows who people are, built around one secret. */
export interface AccountParts {
  readonly accounts: Accounts;
  readonly authenticate: Authenticate;
  readonly authenticateBearer: AuthenticateBearer;
  /** By a token that a service worker holds. */
  readonly authenticateDrain: AuthenticateBearer;
  readonly origins: Origins;
  readonly sites: Sites;
}

export interface AccountPartsDeps {
  readonly store: Pick<Store, 'sites' | 'users' | 'sessions'>;
  readonly clock: Clock;
  readonly authSecret: string;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** The origins of this server's own pages. */
  readonly ownOrigins: () => readonly string[];
  readonly groups: AccountGroups;
  readonly profiles: Profiles;
  /** Told once a sign-in has ended. */
  readonly onSignedOut: (familyId: string) => void;
}

export function createAccountParts(deps: AccountPartsDeps): AccountParts {
  const { store, clock, random, randomBytes } = deps;
  const keys = keysFrom(deps.authSecret);
  const tokens = createAccessTokens(keys.accessTokens, clock);
  const drainTokens = createDrainTokens(keys.drainTokens, clock);
  const origins = createOrigins(store.sites, clock, deps.ownOrigins);
  return {
    origins,
    sites: createSites({
      sites: store.sites,
      clock,
      sealingKey: keys.siteSecrets,
      random,
      randomBytes,
    }),
    authenticate: createAuthenticate({ store, tokens, origins }),
    authenticateBearer: createAuthenticateBearer({ store, tokens, origins }),
    authenticateDrain: createAuthenticateBearer({ store, tokens: drainTokens, origins }),
    accounts: createAccounts({
      store,
      clock,
      origins,
      groups: deps.groups,
      profiles: deps.profiles,
      sealingKey: keys.siteSecrets,
      people: createPeople({ users: store.users, clock, random, randomBytes }),
      accessTokens: tokens,
      drainTokens,
      refreshTokens: createRefreshTokens({
        sessions: store.sessions,
        clock,
        key: keys.refreshTokens,
        randomBytes,
        onEnded: deps.onSignedOut,
      }),
    }),
  };
}
