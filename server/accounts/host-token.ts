import { errors, type JWTPayload, jwtVerify } from 'jose';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site } from '../ports/store.ts';
import { openSealed } from './site-secret.ts';

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
  const { sub, name, aud } = await payloadBySite(token, site, sealingKey, clock);
  if (!isText(sub, 200) || !isText(name, limits.maxNameChars)) {
    throw wrong('it needs "sub" and "name", not empty and not too long');
  }
  if (aud !== undefined && ![aud].flat().includes(site.key)) {
    throw wrong(`its "aud" is not ${site.key}`);
  }
  return { externalId: sub, name: name.trim() };
}

/** Signed with the secret that the site has, or with the one before while that is still good. */
async function payloadBySite(
  token: string,
  { key, sealedSecret, previousSecret }: Site,
  sealingKey: Uint8Array,
  clock: Clock,
): Promise<JWTPayload> {
  if (sealedSecret === null) {
    throw new JamzError(
      'forbidden',
      `The site ${key} has no secret: make one with "sites rotate ${key}"`,
    );
  }
  const isBeforeGood = previousSecret && previousSecret.untilMs > clock.nowMs();
  const before = isBeforeGood ? previousSecret.sealed : null;
  const sealed = [sealedSecret, ...(before === null ? [] : [before])];
  const secrets = sealed.flatMap((one) => openSealed(one, sealingKey) ?? []);
  const [secret, other] = secrets;
  if (secret === undefined) {
    throw new JamzError(
      'unauthenticated',
      `The secret of ${key} was kept under another AUTH_SECRET: make a new one with "sites rotate ${key}"`,
    );
  }
  if (other === undefined) return payloadOf(token, secret, clock);
  try {
    return await payloadOf(token, secret, clock);
  } catch (error) {
    if (error instanceof JamzError && error.code === 'token-expired') throw error;
    return payloadOf(token, other, clock);
  }
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
