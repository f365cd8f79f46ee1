import type { Request } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Accounts, From, SignedIn } from '../accounts/accounts.ts';
import { deviceNameOf } from '../accounts/device-name.ts';
import { drainAnswer, signedInAnswer } from './answers.ts';
import {
  type ClientBody,
  guestBody,
  hostBody,
  type RefreshBody,
  refreshBody,
  signInBody,
  signUpBody,
} from './bodies.ts';
import type { RateLimits } from './rate-limits.ts';
import { clearRefreshCookie, refreshTokenIn, setRefreshCookie } from './refresh-cookie.ts';
import { type Call, type Route, route } from './route.ts';

export interface AuthRouteDeps {
  readonly accounts: Accounts;
  readonly rateLimits: RateLimits;
}

/** `/v1/auth/*`: signing in, staying signed in, signing out. */
export function authRoutes({ accounts, rateLimits }: AuthRouteDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/auth/guest',
      summary: 'Signs in somebody who only gives a name',
      body: guestBody,
      answer: signedInAnswer,
      async run(call) {
        const { body, req } = call;
        await rateLimits.spend('guest', addressOf(req));
        const { name, inviteCode } = body;
        const guest = { name, ...(inviteCode === undefined ? {} : { inviteCode }) };
        return delivered(call, await accounts.guest(from(call), guest));
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/sign-up',
      summary: 'Makes an account with an e-mail address and a password',
      body: signUpBody,
      answer: signedInAnswer,
      async run(call) {
        const { email, password, name } = call.body;
        await rateLimits.spend('sign-up', addressOf(call.req));
        return delivered(call, await accounts.signUp(from(call), { email, password, name }));
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/sign-in',
      summary:
        'Signs in with an e-mail address and a password, and with a `code` where `forbidden` asks for one',
      body: signInBody,
      answer: signedInAnswer,
      async run(call) {
        const { email, password, site, code } = call.body;
        const address = addressOf(call.req);
        const account = `${site} ${email.toLowerCase()}`;
        await rateLimits.spend('sign-in', address);
        await rateLimits.spend('password', `${account} ${address}`);
        await rateLimits.spend('account', account);
        return delivered(call, await accounts.signIn(from(call), { email, password }, code));
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/host',
      summary: "Signs in with an identity that the site's own backend signed",
      body: hostBody,
      answer: signedInAnswer,
      async run(call) {
        await rateLimits.spend('host', addressOf(call.req));
        return delivered(call, await accounts.host(from(call), call.body.token));
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/refresh',
      summary: 'Trades the refresh token for a new one and a new access token',
      body: refreshBody,
      answer: signedInAnswer,
      async run(call) {
        await rateLimits.spend('refresh', addressOf(call.req));
        const token = refreshTokenOf(call);
        if (token === undefined) {
          throw new JamzError('unauthenticated', 'No sign-in to renew came with this: sign in');
        }
        return delivered(call, await accounts.refresh(from(call), token));
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/drain',
      summary: 'Gives a token with which a service worker syncs after the page was closed',
      answer: drainAnswer,
      run: ({ actor }) => accounts.drainToken(actor()),
    }),
    route({
      method: 'POST',
      path: '/v1/auth/sign-out',
      summary: 'Ends the sign-in and every token that descends from it',
      body: refreshBody,
      async run(call) {
        await accounts.signOut(from(call), refreshTokenOf(call));
        if (call.body.via === 'cookie') {
          clearRefreshCookie(call.req, call.res, call.body.namespace);
        }
        return undefined;
      },
    }),
  ];
}

function from({ body, origin, req }: Call<ClientBody>): From {
  return { siteKey: body.site, origin, device: deviceNameOf(req.get('user-agent')) };
}

/** In a browser the refresh token leaves as a cookie and is not in the body, where a script could read it. */
function delivered({ body, req, res }: Call<ClientBody>, signedIn: SignedIn): Partial<SignedIn> {
  if (body.via === 'body') return signedIn;
  const { refreshToken, ...answer } = signedIn;
  setRefreshCookie(req, res, body.namespace, refreshToken);
  return answer;
}

function refreshTokenOf({ body, req }: Call<RefreshBody>): string | undefined {
  return body.via === 'body' ? body.refreshToken : refreshTokenIn(req, body.namespace);
}

/** Whom attempts are counted for. */
export function addressOf(req: Request): string {
  return req.ip ?? 'unknown';
}
