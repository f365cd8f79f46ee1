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

/** Issues and checks access tokens: JWT, HS256, ten minutes. */
export interface AccessTokens {
  readonly livesMs: number;
  issue(claims: AccessClaims): Promise<string>;
  /** @throws {JamzError} `token-expired` once its time is over, `unauthenticated` for anything that is not ours */
  verify(token: string): Promise<AccessClaims & { readonly expiresAtMs: number }>;
}

const livesMs = 600_000;
const issuer = 'trafficjamz';
const audience = 'trafficjamz-access';

/** @param key at least 32 bytes that only this installation's servers know */
export function createAccessTokens(key: Uint8Array, clock: Clock): AccessTokens {
  return {
    livesMs,
    issue({ userId, siteId, guest, familyId }) {
      const nowS = Math.floor(clock.nowMs() / 1000);
      return new SignJWT({ site: siteId, guest, family: familyId })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + livesMs / 1000)
        .sign(key);
    },
    async verify(token) {
      const { sub, exp, ...claims } = await payloadOf(token, key, clock);
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

async function payloadOf(token: string, key: Uint8Array, clock: Clock): Promise<JWTPayload> {
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
