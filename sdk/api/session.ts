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
  /**
   * @param credentials `code`: of the account's authenticator app, or one for recovery, where it asks for one
   * @throws {JamzError} `unauthenticated` when e-mail, password or code is wrong; `forbidden` where the account asks for
   * a code and none came, and for nothing else: ask the person for it and call again; `invalid` where the site signs its
   * people in itself
   */
  signIn(credentials: { email: string; password: string; code?: string }): Promise<User>;
  /**
   * @throws {JamzError} `forbidden` where the site takes guests by invitation: ask for a code; `not-found`, `gone` for one
   * that does not work; `invalid` where the site signs its people in itself
   */
  signInAsGuest(guest: { name: string; inviteCode?: string }): Promise<User>;
  signOut(): Promise<void>;
  /**
   * Makes an account of a guest, who stays the same person in the same groups. A mail asks to confirm the address.
   *
   * @throws {JamzError} `invalid` when the address has an account already, this is no guest, or the site says itself
   * who its people are; `unavailable`
   */
  upgrade(account: { email: string; password: string; name?: string }): Promise<User>;
  /**
   * Sends a mail with a link for a new password, if the address has an account; the answer does not say whether.
   *
   * @throws {JamzError} `invalid`, `rate-limited`, `unavailable`
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
   * Whether signing in takes a code of an authenticator app beside the password, and what turns that on and off.
   *
   * @throws {JamzError} `unauthenticated`, `unavailable`
   * @example
   * const factor = await jamz.session.secondFactor();
   * const { uri } = await factor.begin(password); // show it as a QR code
   * const recoveryCodes = await factor.confirm(codeOfTheApp); // show them once, to be written down
   */
  secondFactor(): Promise<SecondFactor>;
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
  /**
   * Signs out and deletes what this device keeps of the person, encrypted or not: groups as last seen, what waits to be
   * sent, uploads under way. What was not sent is lost: say so before. For devices that others use, too.
   *
   * @throws {JamzError} `unavailable` where its code is not there yet and there is no network
   */
  signOutAndForget(): Promise<void>;
}

/** Codes of an authenticator app (RFC 6238) beside the password, as they were when they were asked for. */
export interface SecondFactor {
  readonly on: boolean;
  readonly recoveryCodesLeft: number;
  /**
   * Makes a secret for an app. Nothing changes before {@link SecondFactor.confirm}, within ten minutes.
   *
   * @returns `uri` for a QR code, and `secret` (base 32) to be typed in
   * @throws {JamzError} `forbidden` for a wrong password, `invalid` where it is on or there is no password
   */
  begin(password: string): Promise<{ readonly secret: string; readonly uri: string }>;
  /**
   * Turns it on with the app's first code.
   *
   * @returns codes for who loses the app, each good once; they are not shown again
   * @throws {JamzError} `invalid` for a wrong code: ask for the next one; `gone` after ten minutes: begin anew
   */
  confirm(code: string): Promise<readonly string[]>;
  /** Turns it off. @throws {JamzError} `forbidden` for a wrong password, `invalid` for a wrong code */
  end(asked: { readonly password: string; readonly code: string }): Promise<void>;
}

/** One sign-in of this person. */
export type Device = WireDevice;
