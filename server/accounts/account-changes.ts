import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { WireUser } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Mail } from '../ports/mail.ts';
import type { Site, Store, UserRecord } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import {
  type Addressee,
  passwordChangedMail,
  resetMail,
  verificationMail,
} from './account-mails.ts';
import { type From, wireUser } from './accounts.ts';
import { type CredentialChanges, createCredentialChanges } from './credential-changes.ts';
import type { RefuseGuessable } from './guessable-passwords.ts';
import type { OneTimeLinks } from './one-time-links.ts';
import type { Origins } from './origins.ts';
import { hashPassword } from './password.ts';
import { type Credentials, refuseOnSigned } from './people.ts';
import type { Postman } from './postman.ts';
import type { Profiles } from './profiles.ts';

/** What a person changes about their account: a checked address, a new password, an account for a guest. */
export interface AccountChanges extends Pick<CredentialChanges, 'changePassword' | 'askEmail'> {
  /**
   * Sends a link for a new password, if the address has an account. The answer is the same, and takes the same time,
   * if not.
   *
   * @throws {JamzError} `invalid` on sites that sign identities themselves, `unavailable`
   */
  requestReset(from: From, email: string): Promise<void>;
  /** Sets a password, ends all sign-ins of the person, and takes the address as checked. @throws {JamzError} `gone` */
  reset(token: string, password: string): Promise<void>;
  /** Sends the link again; nothing where the address is checked already. @throws {JamzError} `invalid` without one */
  requestVerification(actor: Actor): Promise<void>;
  /** Notes that an address is the person's, or takes it in place of the one there was. @throws {JamzError} `gone` */
  verify(token: string): Promise<void>;
  /**
   * Makes an account of a guest, who stays the same person in the same groups.
   *
   * @throws {JamzError} `invalid` for who is no guest, when the address is taken, and on sites that sign identities themselves
   */
  upgrade(actor: Actor, account: Credentials & { readonly name?: string }): Promise<WireUser>;
  /** Sends the first link to who has just given an address. */
  welcome(user: UserRecord): void;
}

export interface AccountChangesDeps {
  readonly store: Pick<Store, 'users' | 'sites' | 'sessions'>;
  readonly clock: Clock;
  readonly origins: Pick<Origins, 'siteFor'>;
  readonly links: OneTimeLinks;
  readonly postman: Postman;
  readonly profiles: Profiles;
  readonly refuseGuessable: RefuseGuessable;
  readonly note: Note;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Where browsers reach this server's pages, without a slash at the end. */
  readonly publicUrl: () => string;
  /** Told once a sign-in has ended. */
  readonly onEnded: (familyId: string) => void;
  readonly onBug: (error: unknown) => void;
}

export function createAccountChanges(deps: AccountChangesDeps): AccountChanges {
  const { store, clock, origins, links, postman, profiles, note, randomBytes, publicUrl } = deps;
  const { refuseGuessable } = deps;

  const siteOf = async (siteId: string): Promise<Site> => {
    const site = await store.sites.byId(siteId);
    if (site) return site;
    throw new JamzError('not-found', 'The site of this account is gone');
  };

  /** The secret stands behind the `#`, which browsers send to no server and write into no log. */
  const linkTo = (page: 'verify' | 'reset', token: string): string =>
    `${publicUrl()}/${page}#token=${token}`;

  const credentials = createCredentialChanges({ ...deps, linkTo, siteOf });

  const addressed = async (userId: UserId): Promise<(Addressee & UserRecord) | undefined> => {
    const user = await store.users.byId(userId);
    if (!user || user.email === null) return undefined;
    const { name: siteName } = await siteOf(user.siteId);
    return { ...user, email: user.email, siteName };
  };

  const verification = async (userId: UserId): Promise<Mail | undefined> => {
    const who = await addressed(userId);
    if (!who || who.emailVerifiedAtMs !== null) return undefined;
    return verificationMail(who, linkTo('verify', await links.make('verify-email', who)));
  };

  const welcome = ({ userId, email }: UserRecord): void => {
    if (email === null) return;
    try {
      postman.post(() => verification(userId));
    } catch (error) {
      // The account stands all the same, and its person can ask for the mail again.
      deps.onBug(error);
    }
  };

  return {
    async requestReset({ siteKey, origin }, email) {
      const site = await origins.siteFor(siteKey, origin);
      refuseOnSigned(site);
      postman.post(async () => {
        const user = await store.users.byEmail(site.siteId, email.toLowerCase());
        const who = user && (await addressed(user.userId));
        if (!who) return undefined;
        return resetMail(who, linkTo('reset', await links.make('reset-password', who)));
      });
    },

    async reset(token, password) {
      // Before the link is spent.
      await refuseGuessable(password, []);
      const { userId, email } = await links.take('reset-password', token);
      await store.users.setPassword(userId, await hashPassword(password, randomBytes));
      await store.users.verifyEmail(userId, email, clock.nowMs());
      for (const purpose of ['reset-password', 'change-email'] as const) {
        await links.dropOf(userId, purpose);
      }
      for (const familyId of await store.sessions.revokeAllOf(userId)) deps.onEnded(familyId);
      const who = await addressed(userId);
      if (!who) return;
      note('password-reset', { siteId: who.siteId, actorId: userId });
      postman.post(async () => passwordChangedMail(who));
    },

    async requestVerification({ userId, email }) {
      if (email === undefined) {
        throw new JamzError('invalid', 'This account has no e-mail address to confirm');
      }
      postman.post(() => verification(userId));
    },

    async verify(token) {
      const link = await links.take(['verify-email', 'change-email'], token);
      if (link.purpose === 'change-email') return credentials.takeEmail(link);
      const { userId, email } = link;
      if (!(await store.users.verifyEmail(userId, email, clock.nowMs()))) {
        throw new JamzError('gone', 'This account has another address now: ask for a new link');
      }
      const user = await store.users.byId(userId);
      if (user) note('email-verified', { siteId: user.siteId, actorId: userId });
    },

    async upgrade({ userId, siteId, name: before }, { email, password, name = before }) {
      const site = await siteOf(siteId);
      refuseOnSigned(site);
      const known = await store.users.byId(userId);
      if (known?.guest !== true) throw noGuest();
      await refuseGuessable(password, [email, name, site.name]);
      const passwordHash = await hashPassword(password, randomBytes);
      const account = { name, email: email.toLowerCase(), passwordHash };
      const outcome = await store.users.upgrade(userId, account);
      if (outcome === 'no-guest') throw noGuest();
      if (outcome === 'taken') {
        throw new JamzError('invalid', 'This e-mail address already has an account: sign in to it');
      }
      note('account-upgraded', { siteId, actorId: userId });
      const user: UserRecord = { ...known, ...account, guest: false };
      if (name !== before) await profiles.introduce(userId, name);
      welcome(user);
      return wireUser(user);
    },

    changePassword: credentials.changePassword,
    askEmail: credentials.askEmail,
    welcome,
  };
}

function noGuest(): JamzError {
  return new JamzError('invalid', 'This is no guest but an account already');
}
