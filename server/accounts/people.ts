import { JamzError } from '../../sdk/protocol/errors.ts';
import { newId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site, UserRecord, UserStore } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { RefuseGuessable } from './guessable-passwords.ts';
import type { HostIdentity } from './host-token.ts';
import { hashPassword, passwordMatches } from './password.ts';

/** The people of a site: making their records and finding them again. */
export interface People {
  /** `kept` resolves once the record is durable: what else is kept of somebody new can share its flush. */
  guest(site: Site, name: string): { readonly user: UserRecord; readonly kept: Promise<unknown> };
  /** @throws {JamzError} `invalid` on sites that sign identities themselves, and when the address is taken */
  signUp(site: Site, person: Credentials & { readonly name: string }): Promise<UserRecord>;
  /** @throws {JamzError} `unauthenticated`: wrong address and wrong password are one answer, in the same time */
  signIn(site: Site, credentials: Credentials): Promise<UserRecord>;
  /** The person behind an identity of the site's own; made on first sight. */
  fromHost(site: Site, identity: HostIdentity): Promise<UserRecord>;
}

export interface Credentials {
  /** Any case; kept in lower case. */
  readonly email: string;
  readonly password: string;
}

export interface PeopleDeps {
  readonly users: UserStore;
  readonly clock: Clock;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly note: Note;
  readonly refuseGuessable: RefuseGuessable;
}

export function createPeople(deps: PeopleDeps): People {
  const { users, clock, random, randomBytes, note, refuseGuessable } = deps;
  const record = (site: Site, name: string, rest: Partial<UserRecord>): UserRecord => ({
    userId: newId(random, 16),
    siteId: site.siteId,
    name,
    guest: false,
    email: null,
    emailVerifiedAtMs: null,
    passwordHash: null,
    externalId: null,
    createdAtMs: clock.nowMs(),
    ...rest,
  });

  return {
    guest(site, name) {
      const user = record(site, name, { guest: true });
      return { user, kept: users.create(user) };
    },

    async signUp(site, { email, password, name }) {
      refuseOnSigned(site);
      await refuseGuessable(password, [email, name, site.name]);
      const passwordHash = await hashPassword(password, randomBytes);
      const user = record(site, name, { email: email.toLowerCase(), passwordHash });
      if ((await users.create(user)) === 'taken') {
        throw new JamzError('invalid', 'This e-mail address already has an account: sign in');
      }
      return user;
    },

    async signIn(site, { email, password }) {
      refuseOnSigned(site);
      const user = await users.byEmail(site.siteId, email.toLowerCase());
      const matches = await passwordMatches(password, user?.passwordHash ?? null);
      if (!user || !matches) {
        note('sign-in-failed', { siteId: site.siteId, subjectId: user?.userId });
        throw new JamzError('unauthenticated', 'The e-mail address or the password is wrong');
      }
      return user;
    },

    async fromHost(site, { externalId, name }) {
      const known = await users.byExternalId(site.siteId, externalId);
      if (known) return known;
      const user = record(site, name, { externalId });
      if ((await users.create(user)) === 'written') return user;
      // The same person came in through another request at the same moment.
      const first = await users.byExternalId(site.siteId, externalId);
      if (!first) throw new Error(`The external id ${externalId} is taken by nobody`);
      return first;
    },
  };
}

/**
 * Not `forbidden`, which asks a person for something that helps: a code, an invitation, the right password.
 *
 * @throws {JamzError} `invalid` where the site's backend says who its people are
 */
export function refuseOnSigned(site: Site): void {
  if (site.policy !== 'signed') return;
  throw new JamzError(
    'invalid',
    `${site.name} signs its people in itself: use the sign-in of its own pages`,
  );
}
