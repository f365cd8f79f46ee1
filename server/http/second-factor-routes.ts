import type { Request } from 'express';
import type { SecondFactors } from '../accounts/second-factors.ts';
import { recoveryCodesAnswer, secondFactorAnswer, secondFactorOfferAnswer } from './answers.ts';
import { addressOf } from './auth-routes.ts';
import { endFactorBody, factorCodeBody, passwordBody } from './bodies.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';

export interface SecondFactorRouteDeps {
  readonly secondFactors: SecondFactors;
  readonly rateLimits: RateLimits;
}

/** `/v1/auth/second-factor`: codes of an authenticator app beside the password, for who wants them. */
export function secondFactorRoutes({ secondFactors, rateLimits }: SecondFactorRouteDeps): Route[] {
  const path = '/v1/auth/second-factor';
  /** Neither the password nor a code is to be found by trying. */
  const spend = async (userId: string, req: Request): Promise<void> => {
    await rateLimits.spend('password', `${userId} ${addressOf(req)}`);
    await rateLimits.spend('account', userId);
  };
  return [
    route({
      method: 'GET',
      path,
      summary: 'Whether signing in takes a code, and how many codes for recovery are left',
      answer: secondFactorAnswer,
      run: ({ actor }) => secondFactors.look(actor()),
    }),
    route({
      method: 'POST',
      path,
      summary: 'Makes a secret for an authenticator app; nothing changes before it is confirmed',
      body: passwordBody,
      answer: secondFactorOfferAnswer,
      async run({ actor, req, body }) {
        await spend(actor().userId, req);
        return secondFactors.begin(actor(), body.password);
      },
    }),
    route({
      method: 'POST',
      path: `${path}/confirm`,
      summary: 'Turns codes on with a first one, and gives those for recovery, this once',
      body: factorCodeBody,
      answer: recoveryCodesAnswer,
      async run({ actor, req, body }) {
        await spend(actor().userId, req);
        return secondFactors.confirm(actor(), body.code);
      },
    }),
    route({
      method: 'POST',
      path: `${path}/end`,
      summary: 'Turns codes off, with the password and a code',
      body: endFactorBody,
      async run({ actor, req, body }) {
        await spend(actor().userId, req);
        await secondFactors.end(actor(), body);
        return undefined;
      },
    }),
  ];
}
