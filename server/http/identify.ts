import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { decodeJwt } from 'jose';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import type { AccessRow } from '../access/table.ts';
import { drainAudience } from '../accounts/access-token.ts';
import type { AuthenticateBearer } from '../accounts/authenticate.ts';
import { isSiteSecret } from '../accounts/authenticate-site.ts';

export interface IdentifyDeps {
  /** By an access token. */
  readonly authenticateBearer: AuthenticateBearer;
  /** By the token of a service worker. */
  readonly authenticateDrain: AuthenticateBearer;
  /** By the secret of a site. */
  readonly authenticateSite: AuthenticateBearer;
  /** Of who operates this server; default nobody has one. */
  readonly adminToken?: string | undefined;
}

/** Who calls, by the bearer token of the request. @returns takes the door's row, which says what tokens it takes */
export function createIdentify({
  authenticateBearer,
  authenticateDrain,
  authenticateSite,
  adminToken,
}: IdentifyDeps): (req: Request, row?: AccessRow) => Promise<Actor> {
  return async (req, row) => {
    const [scheme, token, ...rest] = (req.get('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
      throw new JamzError(
        'unauthenticated',
        'Sign in first: this needs the header "authorization: Bearer <access token>"',
      );
    }
    const origin = req.get('origin');
    // Only where the row is known and asked for, which says no to it at most doors.
    if (row && adminToken !== undefined && isSame(token, adminToken)) return operator(origin);
    if (row && isSiteSecret(token)) return authenticateSite(token, origin);
    if (!row?.takesDrainToken) return authenticateBearer(token, origin);
    return (isDrainToken(token) ? authenticateDrain : authenticateBearer)(token, origin);
  };
}

/** @throws {JamzError} `forbidden` to a page: the token belongs on a machine of the operator's */
function operator(origin: string | undefined): Actor {
  if (origin !== undefined) {
    throw new JamzError('forbidden', 'ADMIN_TOKEN came from a page: change it now');
  }
  return {
    ...{ userId: 'operator', siteId: '', name: 'Operator', guest: false, siteAdmin: false },
    ...{ operator: true, familyId: '', expiresAtMs: Number.POSITIVE_INFINITY },
  };
}

/** In one time, wherever they differ. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** What a token says of itself, before anybody has checked it: only which check it has to pass. */
function isDrainToken(token: string): boolean {
  try {
    return decodeJwt(token).aud === drainAudience;
  } catch {
    return false;
  }
}
