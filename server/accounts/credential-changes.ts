import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { OneTimeToken, Site, Store } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import {
  addressAskedMail,
  addressChangedMail,
  newAddressMail,
  passwordChangedMail,
} from './account-mails.ts';
import type { RefuseGuessable } from './guessable-passwords.ts';
import type { OneTimeLinks } from './one-time-links.ts';
import { hashPassword } from './password.ts';
import type { Postman } from './postman.ts';
import { createProven } from './proven.ts';

/** What a signed-in person changes about how they sign in: each takes the password that there is. */
export interface CredentialChanges {
  /**
   * Sets another password, ends all other sign-ins of the person, and tells them by mail.
   *
   * @throws {JamzError} `forbidden` where the password is wrong, `invalid` where the account has none or the new one
   *   is easily guessed
   */
  changePassword(
    actor: Actor,
    asked: { readonly password: string; readonly newPassword: string },
  ): Promise<void>;
  /**
   * Sends a link to the new address, and word of it to the one there is. The account keeps that until the link is
   * pressed.
   *
   * @throws {JamzError} as {@link changePassword}, and `invalid` for an address that has an account
   */
  askEmail(
    actor: Actor,
    asked: { readonly password: string; readonly email: string },
  ): Promise<void>;
  /** @param link what the link of that mail led to, spent @throws {JamzError} `gone` */
  takeEmail(link: OneTimeToken): Promise<void>;
}

export interface CredentialChangesDeps {
  readonly store: Pick<Store, 'users' | 'sites' | 'sessions'>;
  readonly clock: Clock;
  readonly links: OneTimeLinks;
  readonly postman: Postman;
  readonly note: Note;
  readonly refuseGuessable: RefuseGuessable;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Where the link of a mail leads. */
  readonly linkTo: (page: 'verify', token: string) => string;
  /** @throws {JamzError} `not-found` */
  readonly siteOf: (siteId: string) => Promise<Site>;
  /** Told once a sign-in has ended. */
  readonly onEnded: (familyId: string) => void;
}

export function createCredentialChanges(deps: CredentialChangesDeps): CredentialChanges {
  const { store, clock, links, postman, note, siteOf } = deps;

  const proven = createProven(deps);

  /** Links that were sent before may be in a thief's hands, or lead to an address that is none any more. */
  async function dropLinks(userId: UserId): Promise<void> {
    for (const purpose of ['reset-password', 'change-email', 'verify-email'] as const) {
      await links.dropOf(userId, purpose);
    }
  }

  return {
    async changePassword(actor, { password, newPassword }) {
      const { userId, siteId, email, name } = await proven(actor, password);
      await deps.refuseGuessable(newPassword, [email, name]);
      await store.users.setPassword(userId, await hashPassword(newPassword, deps.randomBytes));
      for (const purpose of ['reset-password', 'change-email'] as const) {
        await links.dropOf(userId, purpose);
      }
      for (const familyId of await store.sessions.revokeAllOf(userId, actor.familyId)) {
        deps.onEnded(familyId);
      }
      note('password-changed', { siteId, actorId: userId });
      const { name: siteName } = await siteOf(siteId);
      postman.post(async () => passwordChangedMail({ email, siteName }, 'everywhere else'));
    },

    async askEmail(actor, { password, email: given }) {
      const { userId, siteId, email: before } = await proven(actor, password);
      const email = given.toLowerCase();
      if (email === before) {
        throw new JamzError('invalid', 'This is the address of your account already');
      }
      if (await store.users.byEmail(siteId, email)) {
        throw new JamzError('invalid', 'This e-mail address already has an account');
      }
      const { name: siteName } = await siteOf(siteId);
      await links.dropOf(userId, 'change-email');
      const token = await links.make('change-email', { userId, email });
      note('email-change-asked', { siteId, actorId: userId });
      postman.post(async () => newAddressMail({ email, siteName }, deps.linkTo('verify', token)));
      postman.post(async () => addressAskedMail({ email: before, siteName }));
    },

    async takeEmail({ userId, email }) {
      const user = await store.users.byId(userId);
      const outcome = await store.users.changeEmail(userId, email, clock.nowMs());
      if (!user || user.email === null || outcome !== 'written') {
        throw new JamzError('gone', 'This address has an account of its own now: take another one');
      }
      await dropLinks(userId);
      note('email-changed', { siteId: user.siteId, actorId: userId });
      const [{ name: siteName }, before] = [await siteOf(user.siteId), user.email];
      postman.post(async () => addressChangedMail({ email: before, siteName }));
    },
  };
}
