import type { Request } from 'express';
import type { AccountChanges } from '../accounts/account-changes.ts';
import type { Devices } from '../accounts/devices.ts';
import { devicesAnswer, userAnswer } from './answers.ts';
import { addressOf } from './auth-routes.ts';
import {
  changeEmailBody,
  changePasswordBody,
  requestResetBody,
  resetBody,
  upgradeBody,
  verifyBody,
} from './bodies.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';

export interface AccountRouteDeps {
  readonly accountChanges: AccountChanges;
  readonly devices: Devices;
  readonly rateLimits: RateLimits;
}

/** What a person does about their account once they have one: links by mail, a new password, devices. */
export function accountRoutes({ accountChanges, devices, rateLimits }: AccountRouteDeps): Route[] {
  /** A token that somebody took is no way to guess the password. */
  const spendOnPassword = async (userId: string, req: Request): Promise<void> => {
    await rateLimits.spend('password', `${userId} ${addressOf(req)}`);
    await rateLimits.spend('account', userId);
  };
  return [
    route({
      method: 'POST',
      path: '/v1/auth/request-reset',
      summary: 'Sends a link for a new password, if the address has an account',
      body: requestResetBody,
      async run({ req, origin, body: { site, email } }) {
        await rateLimits.spend('mail', addressOf(req));
        // By the address as it was asked for, whether it has an account or not.
        await rateLimits.spend('mail-account', `${site} ${email.toLowerCase()}`);
        await accountChanges.requestReset({ siteKey: site, origin }, email);
        return undefined;
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/reset',
      summary: 'Sets a new password with the token of a mail, and ends all sign-ins',
      body: resetBody,
      async run({ req, body: { token, password } }) {
        await rateLimits.spend('link', addressOf(req));
        await accountChanges.reset(token, password);
        return undefined;
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/verify',
      summary: 'Confirms an e-mail address with the token of a mail',
      body: verifyBody,
      async run({ req, body: { token } }) {
        await rateLimits.spend('link', addressOf(req));
        await accountChanges.verify(token);
        return undefined;
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/request-verification',
      summary: 'Sends the link that confirms your e-mail address again',
      async run({ actor, req }) {
        await rateLimits.spend('mail', addressOf(req));
        await rateLimits.spend('mail-account', actor().userId);
        await accountChanges.requestVerification(actor());
        return undefined;
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/password',
      summary: 'Changes your password, which is asked for, and ends all your other sign-ins',
      body: changePasswordBody,
      async run({ actor, req, body }) {
        await spendOnPassword(actor().userId, req);
        await accountChanges.changePassword(actor(), body);
        return undefined;
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/email',
      summary: 'Sends a link to a new address, which is the account’s once the link is pressed',
      body: changeEmailBody,
      async run({ actor, req, body }) {
        await spendOnPassword(actor().userId, req);
        await rateLimits.spend('mail', addressOf(req));
        await rateLimits.spend('mail-account', actor().userId);
        await accountChanges.askEmail(actor(), body);
        return undefined;
      },
    }),
    route({
      method: 'POST',
      path: '/v1/auth/upgrade',
      summary: 'Makes an account of a guest, who stays the same person in the same groups',
      body: upgradeBody,
      answer: userAnswer,
      async run({ actor, req, body }) {
        await rateLimits.spend('sign-up', addressOf(req));
        return accountChanges.upgrade(actor(), body);
      },
    }),
    route({
      method: 'GET',
      path: '/v1/me/devices',
      summary: 'Where you are signed in, the last used first',
      answer: devicesAnswer,
      run: ({ actor }) => devices.list(actor()),
    }),
    route({
      method: 'DELETE',
      path: '/v1/me/devices/:deviceId',
      summary: 'Signs out one of your devices: its tokens, its service worker, its sockets',
      async run({ actor, param }) {
        await devices.end(actor(), param('deviceId'));
        return undefined;
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/me/devices',
      summary: 'Signs you out everywhere but here',
      async run({ actor }) {
        await devices.endOthers(actor());
        return undefined;
      },
    }),
  ];
}
