import { JamzError } from '../../sdk/protocol/errors.ts';
import type { WireGroup, WireUser } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site, Store, UserRecord } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { AccessTokens } from './access-token.ts';
import type { Devices } from './devices.ts';
import { verifyHostToken } from './host-token.ts';
import type { Origins } from './origins.ts';
import { type Credentials, type People, refuseOnSigned } from './people.ts';
import type { Profiles } from './profiles.ts';
import type { Lifetime, Refreshed, RefreshTokens } from './refresh-tokens.ts';
import type { SecondFactors } from './second-factors.ts';

/** A sign-in as its owner sees it. */
export interface SignedIn {
  readonly accessToken: string;
  readonly expiresInMs: number;
  readonly refreshToken: string;
  readonly user: WireUser;
  readonly groups: readonly WireGroup[];
}

/** What a service worker may push and pull with. */
export interface DrainToken {
  readonly drainToken: string;
  readonly expiresInMs: number;
}

/** Where a request comes from: the site that it names, and the page's origin. */
export interface From {
  readonly siteKey: string;
  readonly origin: string | undefined;
  /** Browser and system, coarse; default none. */
  readonly device?: string;
}

/** Signing in, staying signed in, signing out. Every answer is of one site and one page that may use it. */
export interface Accounts {
  /**
   * @throws {JamzError} `forbidden` where it takes an invitation, `not-found` or `gone` for a bad one, `invalid` where
   * the site signs its people in itself
   */
  guest(
    from: From,
    guest: { readonly name: string; readonly inviteCode?: string },
  ): Promise<SignedIn>;
  /** @throws {JamzError} `invalid` */
  signUp(from: From, person: Credentials & { readonly name: string }): Promise<SignedIn>;
  /**
   * @param code of a second factor, where the account has one
   * @throws {JamzError} `forbidden` where a code is asked for and none came, and for nothing else; `unauthenticated`, `invalid`
   */
  signIn(from: From, credentials: Credentials, code?: string): Promise<SignedIn>;
  /** @throws {JamzError} `forbidden`, `unauthenticated`, `token-expired` */
  host(from: From, token: string): Promise<SignedIn>;
  /** @throws {JamzError} `unauthenticated` */
  refresh(from: From, refreshToken: string): Promise<SignedIn>;
  /** A token with which this person's service worker pushes and pulls, and does nothing else. */
  drainToken(actor: Actor): Promise<DrainToken>;
  /** Ends the sign-in. Quiet where it is over already. */
  signOut(from: From, refreshToken: string | undefined): Promise<void>;
}

export interface AccountsDeps {
  readonly store: Pick<Store, 'users'>;
  readonly clock: Clock;
  readonly people: People;
  readonly origins: Origins;
  readonly accessTokens: AccessTokens;
  readonly drainTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly sealingKey: Uint8Array;
  /** @throws {JamzError} `forbidden`, `unauthenticated` where this person is asked for a code */
  readonly passSecondFactor: SecondFactors['pass'];
  readonly groups: AccountGroups;
  readonly profiles: Profiles;
  readonly note: Note;
  /** How long a sign-in lasts at most, however much it is used. */
  readonly signInLivesMs: number;
  /** Ends what is too much of a person's sign-ins. */
  readonly keepWithin: Devices['keepWithin'];
  /** Told of who has just signed up with an address. */
  readonly welcome: (user: UserRecord) => void;
}

/** What accounts need of groups. */
export interface AccountGroups {
  /** @throws {JamzError} `not-found`, `gone` unless the code is of this site and works */
  checkInvitation(site: Site, code: string): Promise<void>;
  /** @throws {JamzError} as joining does */
  joinAs(user: UserRecord, code: string): Promise<void>;
  listOf(userId: string): Promise<readonly WireGroup[]>;
}

/** How long a person may stay away and still be signed in. */
const idleLivesMs = 60 * 24 * 3_600_000;
/** The site's backend decides who its people are: it is asked again at least twice a day. */
const hostLivesMs = 12 * 3_600_000;

export function createAccounts(deps: AccountsDeps): Accounts {
  const { people, origins, accessTokens, refreshTokens, groups, profiles, store } = deps;

  /** The person as all their devices will know them. */
  async function introduced(user: UserRecord, name = user.name): Promise<UserRecord> {
    return { ...user, name: await profiles.introduce(user.userId, name) };
  }

  function firstToken({ userId, externalId }: UserRecord, { device }: From): Promise<Refreshed> {
    const longMs = Math.min(idleLivesMs, deps.signInLivesMs);
    return refreshTokens.begin(userId, externalId === null ? longMs : hostLivesMs, device);
  }

  async function begin(user: UserRecord, from: From): Promise<SignedIn> {
    const first = await firstToken(user, from);
    await deps.keepWithin(user, first.familyId);
    return answer(user, first);
  }

  /** Guests have shown nothing, so there is nothing to note of them. */
  function noted(kind: 'sign-in' | 'sign-up', { siteId, userId }: UserRecord): void {
    deps.note(kind, { siteId, actorId: userId });
  }

  async function answer(user: UserRecord, { token, familyId }: Refreshed): Promise<SignedIn> {
    const { userId, siteId, guest } = user;
    const [accessToken, list] = await Promise.all([
      accessTokens.issue({ userId, siteId, guest, familyId }),
      groups.listOf(userId),
    ]);
    const expiresInMs = accessTokens.livesMs;
    return { accessToken, expiresInMs, refreshToken: token, user: wireUser(user), groups: list };
  }

  return {
    async guest(from, { name, inviteCode }) {
      const { siteKey, origin } = from;
      const site = await origins.siteFor(siteKey, origin);
      refuseOnSigned(site);
      if (site.policy === 'invite' && inviteCode === undefined) {
        throw new JamzError('forbidden', `${site.name} takes guests by invitation: ask for a code`);
      }
      // Checked before anybody is made, so that a wrong code leaves nothing behind.
      if (inviteCode !== undefined) await groups.checkInvitation(site, inviteCode);
      // Somebody new with each sign-in: nobody else writes of them, and they have no other sign-ins.
      const guest = people.guest(site, name);
      const [user, first] = await Promise.all([
        introduced(guest.user),
        firstToken(guest.user, from),
        guest.kept,
      ]);
      if (inviteCode !== undefined) await groups.joinAs(user, inviteCode);
      return answer(user, first);
    },

    async signUp(from, person) {
      const site = await origins.siteFor(from.siteKey, from.origin);
      const user = await introduced(await people.signUp(site, person));
      noted('sign-up', user);
      deps.welcome(user);
      return begin(user, from);
    },

    async signIn(from, credentials, code) {
      const site = await origins.siteFor(from.siteKey, from.origin);
      const user = await people.signIn(site, credentials);
      await deps.passSecondFactor(user, code);
      noted('sign-in', user);
      return begin(user, from);
    },

    async host(from, token) {
      const site = await origins.siteFor(from.siteKey, from.origin);
      const identity = await verifyHostToken(token, site, deps.sealingKey, deps.clock);
      const user = await introduced(await people.fromHost(site, identity), identity.name);
      noted('sign-in', user);
      return begin(user, from);
    },

    async refresh({ siteKey, origin }, refreshToken) {
      const site = await origins.siteFor(siteKey, origin);
      const owner = async (userId: string): Promise<UserRecord> => {
        const user = await store.users.byId(userId);
        if (user?.siteId === site.siteId) return user;
        throw new JamzError('unauthenticated', `This sign-in is not one of the site ${siteKey}`);
      };
      const lifetime = async (userId: string): Promise<Lifetime> =>
        (await owner(userId)).externalId === null
          ? { kind: 'renewed', livesMs: idleLivesMs, atMostMs: deps.signInLivesMs }
          : { kind: 'fixed' };
      const refreshed = await refreshTokens.rotate(refreshToken, lifetime);
      return answer(await owner(refreshed.userId), refreshed);
    },

    async drainToken({ userId, siteId, guest, familyId }) {
      const user = await store.users.byId(userId);
      // Where the site's backend vouches for a person, it is asked again as often as for the sign-in itself.
      const expiresInMs = user?.externalId === null ? deps.drainTokens.livesMs : hostLivesMs;
      const claims = { userId, siteId, guest, familyId };
      return { drainToken: await deps.drainTokens.issue(claims, expiresInMs), expiresInMs };
    },

    async signOut({ siteKey, origin }, refreshToken) {
      await origins.siteFor(siteKey, origin);
      if (refreshToken !== undefined) await refreshTokens.end(refreshToken);
    },
  };
}

/** A person as the wire shows it to that person. */
export function wireUser(user: UserRecord): WireUser {
  const { userId, name, guest, email, emailVerifiedAtMs } = user;
  const emailVerified = emailVerifiedAtMs !== null;
  return { id: userId, name, guest, ...(email === null ? {} : { email, emailVerified }) };
}
