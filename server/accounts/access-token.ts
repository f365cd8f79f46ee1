import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** What an access token says. Everything else about the person is looked up, so that it is never stale. */
export interface AccessClaims {
  readonly userId: string;
  readonly siteId: string;
  readonly guest: boolean;
  /** The sign-in it descends from. */
  readonly familyId: string;
}

/** Issues and checks tokens of one kind: JWT, HS256. */
export interface AccessTokens {
  /** How long one is good where `issue` is not told otherwise. */
  readonly livesMs: number;
  issue(claims: AccessClaims, livesMs?: number): Promise<string>;
  /** @throws {JamzError} `token-expired` once its time is over, `unauthenticated` for anything that is not ours */
  verify(token: string): Promise<AccessClaims & { readonly expiresAtMs: number }>;
}

const issuer = 'trafficjamz';
/** What the token of a service worker is meant for. */
export const drainAudience = 'trafficjamz-drain';
/** How long an access token is good, from when it was issued. */
export const accessLivesMs = 600_000;
const access: Kind = { audience: 'trafficjamz-access', livesMs: accessLivesMs };
/** A phone may lie in a drawer, offline, for as long. */
const drain: Kind = { audience: drainAudience, livesMs: 30 * 24 * 3_600_000 };

interface Kind {
  /** Who it is meant for (RFC 7519, section 4.1.3): a token of one kind is none of the other. */
  readonly audience: string;
  readonly livesMs: number;
}

/** For everything a person may do; ten minutes. @param key at least 32 bytes that only this installation's servers know */
export function createAccessTokens(key: Uint8Array, clock: Clock): AccessTokens {
  return createTokens(access, key, clock);
}

/**
 * For a service worker that pushes and pulls after the page was closed, and for nothing else. Thirty days, or until
 * the sign-in it descends from ends.
 *
 * @param key another than that of access tokens
 */
export function createDrainTokens(key: Uint8Array, clock: Clock): AccessTokens {
  return createTokens(drain, key, clock);
}

function createTokens({ audience, livesMs }: Kind, raw: Uint8Array, clock: Clock): AccessTokens {
  let imported: Promise<CryptoKey> | undefined;
  /** Once: to bring it in anew for each token would cost a third of a check. */
  const keyNow = (): Promise<CryptoKey> => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    imported ??= crypto.subtle.importKey('raw', new Uint8Array(raw), algorithm, false, [
      'sign',
      'verify',
    ]);
    return imported;
  };
  return {
    livesMs,
    async issue({ userId, siteId, guest, familyId }, forMs = livesMs) {
      const nowS = Math.floor(clock.nowMs() / 1000);
      return new SignJWT({ site: siteId, guest, family: familyId })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + Math.floor(forMs / 1000))
        .sign(await keyNow());
    },
    async verify(token) {
      const { sub, exp, ...claims } = await payloadOf(token, audience, await keyNow(), clock);
      const { site, guest, family } = claims;
      if (
        typeof sub !== 'string' ||
        typeof exp !== 'number' ||
        typeof site !== 'string' ||
        typeof guest !== 'boolean' ||
        typeof family !== 'string'
      ) {
        throw foreign();
      }
      return { userId: sub, siteId: site, guest, familyId: family, expiresAtMs: exp * 1000 };
    },
  };
}

async function payloadOf(
  token: string,
  audience: string,
  key: CryptoKey,
  clock: Clock,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer,
      audience,
      currentDate: new Date(clock.nowMs()),
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) {
      throw new JamzError('token-expired', 'The access token has expired: renew it', { cause });
    }
    throw foreign(cause);
  }
}

function foreign(cause?: unknown): JamzError {
  return new JamzError(
    'unauthenticated',
    'The access token is not one of this server: sign in again',
    { cause },
  );
}
