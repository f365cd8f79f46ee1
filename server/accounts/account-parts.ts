import type { Authenticate } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { HasLeaked } from '../ports/leaked-passwords.ts';
import type { Store } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import { createAccessTokens, createDrainTokens } from './access-token.ts';
import { type AccountChanges, createAccountChanges } from './account-changes.ts';
import { type AccountGroups, type Accounts, createAccounts } from './accounts.ts';
import {
  type AuthenticateBearer,
  createAuthenticate,
  createAuthenticateBearer,
} from './authenticate.ts';
import { createAuthenticateSite } from './authenticate-site.ts';
import { createDevices, type Devices } from './devices.ts';
import { createRefuseGuessable } from './guessable-passwords.ts';
import { keysFrom } from './keys.ts';
import { createOneTimeLinks } from './one-time-links.ts';
import { createOrigins, type Origins } from './origins.ts';
import { createPeople, type People } from './people.ts';
import type { Postman } from './postman.ts';
import type { Profiles } from './profiles.ts';
import { createProven } from './proven.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSecondFactors, type SecondFactors } from './second-factors.ts';
import { createSignOuts, type SignOuts } from './sign-outs.ts';
import { createSites, type Sites } from './sites.ts';

/** Everything that knows who people are, built around one secret. */
export interface AccountParts {
  readonly accounts: Accounts;
  readonly authenticate: Authenticate;
  readonly authenticateBearer: AuthenticateBearer;
  /** By a token that a service worker holds. */
  readonly authenticateDrain: AuthenticateBearer;
  /** By a site's secret. */
  readonly authenticateSite: AuthenticateBearer;
  readonly origins: Origins;
  readonly sites: Sites;
  readonly accountChanges: AccountChanges;
  readonly devices: Devices;
  readonly people: People;
  readonly signOuts: SignOuts;
  readonly secondFactors: SecondFactors;
}

export interface AccountPartsDeps {
  readonly store: Pick<Store, 'sites' | 'users' | 'sessions' | 'settings' | 'oneTimeTokens'>;
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
  readonly postman: Postman;
  readonly note: Note;
  readonly hasLeaked?: HasLeaked;
  /** How long a sign-in lasts at most, however much it is used. */
  readonly signInDays: number;
  /** Where browsers reach this server's pages, without a slash at the end. */
  readonly publicUrl: () => string;
  readonly onBug: (error: unknown) => void;
}

export function createAccountParts(deps: AccountPartsDeps): AccountParts {
  const { store, clock, random, randomBytes, note, profiles, onSignedOut: onEnded } = deps;
  const keys = keysFrom(deps.authSecret);
  const tokens = createAccessTokens(keys.accessTokens, clock);
  const drainTokens = createDrainTokens(keys.drainTokens, clock);
  const origins = createOrigins(store.sites, clock, deps.ownOrigins);
  const refuseGuessable = createRefuseGuessable(deps.hasLeaked);
  const accountChanges = createAccountChanges({
    ...deps,
    origins,
    onEnded,
    refuseGuessable,
    links: createOneTimeLinks({ tokens: store.oneTimeTokens, clock, randomBytes }),
  });
  const people = createPeople({
    ...{ users: store.users, clock, random, randomBytes, note, refuseGuessable },
  });
  const devices = createDevices({ sessions: store.sessions, clock, note, onEnded });
  const secondFactors = createSecondFactors({
    ...{ store, clock, randomBytes, note, postman: deps.postman },
    ...{ key: keys.secondFactors, proven: createProven({ store, note }) },
  });
  return {
    people,
    secondFactors,
    origins,
    accountChanges,
    devices,
    signOuts: createSignOuts({
      ...{ sessions: store.sessions, settings: store.settings, clock, note, onEnded },
    }),
    sites: createSites({
      sites: store.sites,
      clock,
      sealingKey: keys.siteSecrets,
      random,
      randomBytes,
      note,
    }),
    authenticate: createAuthenticate({ store, tokens, origins }),
    authenticateBearer: createAuthenticateBearer({ store, tokens, origins }),
    authenticateSite: createAuthenticateSite(store.sites, clock),
    authenticateDrain: createAuthenticateBearer({ store, tokens: drainTokens, origins }),
    accounts: createAccounts({
      store,
      clock,
      origins,
      groups: deps.groups,
      profiles,
      note,
      welcome: accountChanges.welcome,
      signInLivesMs: deps.signInDays * 86_400_000,
      keepWithin: devices.keepWithin,
      sealingKey: keys.siteSecrets,
      passSecondFactor: secondFactors.pass,
      people,
      accessTokens: tokens,
      drainTokens,
      refreshTokens: createRefreshTokens({
        sessions: store.sessions,
        clock,
        key: keys.refreshTokens,
        randomBytes,
        onEnded,
        async onReused(userId, familyId) {
          const user = await store.users.byId(userId);
          if (!user) return;
          note('refresh-reused', { siteId: user.siteId, actorId: userId, subjectId: familyId });
        },
      }),
    }),
  };
}
