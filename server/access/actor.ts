import type { UserId } from '../../sdk/protocol/ids.ts';
import type { WireUser } from '../../sdk/protocol/wire.ts';

/** Whom a valid access token speaks for. */
export interface Actor {
  readonly userId: UserId;
  readonly siteId: string;
  readonly name: string;
  readonly guest: boolean;
  readonly email?: string;
  /** With `email`: whether a mail to it has reached the person. */
  readonly emailVerified?: boolean;
  /** May act for the whole site: its own backend, known by the site's secret. */
  readonly siteAdmin: boolean;
  /** Operates this server: known by `ADMIN_TOKEN`, of no site. */
  readonly operator?: true;
  /** The sign-in this token descends from: ending it ends every token and socket of it. */
  readonly familyId: string;
  /** When the token stops being good, ms since 1970 by the server's clock. */
  readonly expiresAtMs: number;
}

/**
 * Turns an access token into the person it speaks for.
 *
 * @param siteKey the publishable key that the caller names; the token must be of that site
 * @param origin the browser's `Origin`, undefined outside a browser
 * @throws {JamzError} `unauthenticated`, `token-expired`, `origin-not-allowed`, `not-found` for an unknown site
 */
export type Authenticate = (
  token: string,
  siteKey: string,
  origin: string | undefined,
) => Promise<Actor>;

/** A person as the wire shows them to themselves. */
export function userOf({ userId, name, guest, email, emailVerified = false }: Actor): WireUser {
  return { id: userId, name, guest, ...(email === undefined ? {} : { email, emailVerified }) };
}
