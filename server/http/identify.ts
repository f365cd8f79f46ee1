import type { Request } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import type { AuthenticateBearer } from '../accounts/authenticate.ts';

/** Who calls, by the bearer token of the request. */
export function createIdentify(authenticate: AuthenticateBearer): (req: Request) => Promise<Actor> {
  return async (req) => {
    const [scheme, token, ...rest] = (req.get('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
      throw new JamzError(
        'unauthenticated',
        'Sign in first: this needs the header "authorization: Bearer <access token>"',
      );
    }
    return authenticate(token, req.get('origin'));
  };
}
