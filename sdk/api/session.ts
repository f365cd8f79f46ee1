import type { UserId } from '../protocol/ids.ts';
import type { WireDevice } from '../protocol/wire.ts';
import type { Live } from '../streams/live.ts';

export interface User {
  readonly id: UserId;
  readonly name: string;
  readonly guest: boolean;
  readonly email?: string;
  /** With `email`: whether a mail to it has reached the person. An unchecked address keeps nobody out. */
  readonly emailVerified?: boolean;
}

export interface SessionApi {
  readonly user$: Live<User | null>;
  /** Settles once it is known whether an earlier session goes on: a page waits for it before it makes a guest. Never rejects. */
  readonly restored: Promise<User | null>;
  /** @throws {JamzError} `invalid`, `rate-limited`, `unavailable` */
  signUp(credentials: { email: string; password: string; name: string }): Promise<User>;
  /** @throws {JamzError} `unauthenticated` when e-mail or password is wrong */
  signIn(credentials: { email: string; password: string }): Promise<User>;
  /** @throws {JamzError} `forbidden` where the site's policy allows no guests */
  signInAsGuest(guest: { name: string; inviteCode?: string }): Promise<User>;
  signOut(): Promise<void>;
  /**
   * Makes an account of a guest, who stays the same person in the same groups. A mail asks to confirm the address.
   *
   * @throws {JamzError} `invalid` when the address has an account already, or this is no guest; `forbidden` where the
   * site says itself who its people are; `unavailable`
   */
  upgrade(account: { email: string; password: string; name?: string }): Promise<User>;
  /**
   * Sends a mail with a link for a new password, if the address has an account; the answer does not say whether.
   *
   * @throws {JamzError} `invalid`, `forbidden`, `rate-limited`, `unavailable`
   */
  requestPasswordReset(email: string): Promise<void>;
  /**
   * Changes what one signs in with, with the password that there is. Another password signs out everywhere else. Another
   * address is one's own once the link in the mail to it is pressed.
   *
   * @throws {JamzError} `forbidden` where the password is wrong; `invalid` for a new one that is easily guessed, for an
   * address that has an account, and where there is no password; `rate-limited`, `unavailable`
   */
  changeSignIn(
    change:
      | { readonly password: string; readonly newPassword: string }
      | { readonly password: string; readonly email: string },
  ): Promise<void>;
  /** Sends the mail that confirms one's address again. @throws {JamzError} `invalid` without one, `rate-limited` */
  requestEmailVerification(): Promise<void>;
  /**
   * Where this person is signed in, the last used first.
   *
   * @throws {JamzError} `unauthenticated`, `unavailable`
   * @example
   * const others = (await jamz.session.devices()).filter((device) => !device.current);
   */
  devices(): Promise<readonly Device[]>;
  /** Signs one of them out: within 5 seconds it is cut off. @throws {JamzError} `not-found`, `unavailable` */
  endDevice(deviceId: string): Promise<void>;
  /** Signs out everywhere but here. @throws {JamzError} `unauthenticated`, `unavailable` */
  signOutElsewhere(): Promise<void>;
}

/** One sign-in of this person. */
export type Device = WireDevice;
