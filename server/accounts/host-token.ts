import { errors, type JWTPayload, jwtVerify } from 'jose';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site } from '../ports/store.ts';
import { openSiteSecret } from './site-secret.ts';

/** Who the site's backend says is there. */
export interface HostIdentity {
  /** The site's own id of the person. */
  readonly externalId: string;
  readonly name: string;
}

/**
 * Checks an identity that a site's backend signed: a JWT, HS256 with the site's secret, with `sub` (the site's own
 * id of the person), `name`, `exp`, and optionally `aud` (then the site's key).
 *
 * @throws {JamzError} `token-expired`, `unauthenticated`, `forbidden` when the site has no secret to check with
 */
export async function verifyHostToken(
  token: string,
  site: Site,
  sealingKey: Uint8Array,
  clock: Clock,
): Promise<HostIdentity> {
  const secret = site.sealedSecret === null ? null : openSiteSecret(site.sealedSecret, sealingKey);
  if (secret === null) {
    throw new JamzError(
      'forbidden',
      `The site ${site.key} has no secret: make one with "sites rotate ${site.key}"`,
    );
  }
  if (secret === undefined) {
    throw new JamzError(
      'unauthenticated',
      `The secret of ${site.key} was kept under another AUTH_SECRET: make a new one with "sites rotate ${site.key}"`,
    );
  }
  const { sub, name, aud } = await payloadOf(token, secret, clock);
  if (!isText(sub, 200) || !isText(name, limits.maxNameChars)) {
    throw wrong('it needs "sub" and "name", not empty and not too long');
  }
  if (aud !== undefined && ![aud].flat().includes(site.key)) {
    throw wrong(`its "aud" is not ${site.key}`);
  }
  return { externalId: sub, name: name.trim() };
}

function isText(value: unknown, maxChars: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= maxChars;
}

/** Clocks of two servers are never the same. */
const clockToleranceS = 30;

async function payloadOf(token: string, secret: string, clock: Clock): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      requiredClaims: ['exp'],
      clockTolerance: clockToleranceS,
      currentDate: new Date(clock.nowMs()),
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) {
      throw new JamzError(
        'token-expired',
        "The site's identity token has expired: sign a new one",
        {
          cause,
        },
      );
    }
    throw wrong('it must be a JWT, HS256, signed with the site’s secret, with "exp"', cause);
  }
}

function wrong(why: string, cause?: unknown): JamzError {
  return new JamzError('unauthenticated', `The site's identity token cannot be taken: ${why}`, {
    cause,
  });
}
