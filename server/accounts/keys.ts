import { hkdfSync } from 'node:crypto';
import type { MetaStore } from '../ports/store.ts';

/** The keys that this installation derives from its one secret, each for one purpose. */
export interface Keys {
  readonly accessTokens: Uint8Array;
  readonly drainTokens: Uint8Array;
  /** Leads from a refresh token to its successor. */
  readonly refreshTokens: Uint8Array;
  /** Seals the secrets of sites. */
  readonly siteSecrets: Uint8Array;
  /** Seals answers that are kept for who asks again. */
  readonly answers: Uint8Array;
  /** Seals the secrets of authenticator apps. */
  readonly secondFactors: Uint8Array;
  /** Leads from a shared trip to the code of its link. */
  readonly tripCodes: Uint8Array;
}

/** Derives the keys (HKDF, RFC 5869): who learns one learns no other. */
export function keysFrom(authSecret: string): Keys {
  const key = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', authSecret, 'trafficjamz', purpose, 32));
  return {
    accessTokens: key('access tokens'),
    drainTokens: key('drain tokens'),
    refreshTokens: key('refresh tokens'),
    siteSecrets: key('site secrets'),
    answers: key('kept answers'),
    secondFactors: key('second factors'),
    tripCodes: key('trip codes'),
  };
}

/**
 * The secret of this installation: the one that `AUTH_SECRET` gives, or one made on the first start and kept with
 * the data. Several processes on one store that start together end up with the same.
 */
export async function authSecretOf(
  meta: MetaStore,
  given: string | undefined,
  randomBytes: (count: number) => Uint8Array,
): Promise<string> {
  if (given !== undefined) return given;
  const made = Buffer.from(randomBytes(32)).toString('base64url');
  return meta.putIfAbsent('auth-secret', made);
}
