import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { rowFor } from '../access/table.ts';
import type { AccountChanges } from '../accounts/account-changes.ts';
import {
  type AccountForm,
  type AccountPage,
  accountScript,
  accountStyles,
  htmlOf,
} from './account-page-parts.ts';
import { addressOf } from './auth-routes.ts';
import { resetBody, verifyBody } from './bodies.ts';
import { statusOf } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';
import { requestIdOf } from './request-log.ts';

export interface AccountPagesDeps {
  readonly accountChanges: AccountChanges;
  readonly rateLimits: RateLimits;
  readonly log: Logger;
}

/**
 * `/verify` and `/reset`, where the links of mails lead. Looking at a page changes nothing, since programs that read
 * mails look at every link; the button of the page does. They work without scripts.
 */
export function accountPages({ accountChanges, rateLimits, log }: AccountPagesDeps): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: 4_096, parameterLimit: 8 });

  const page = (path: '/verify' | '/reset', done: (req: Request) => Promise<AccountPage>): void => {
    rowFor('GET', path);
    rowFor('POST', path);
    router.get(path, (_req, res) => send(res, 200, empty[path]));
    router.post(path, form, async (req, res) => {
      await rateLimits.spend('link', addressOf(req));
      send(res, 200, await done(req));
    });
  };

  page('/verify', async ({ body }) => {
    await accountChanges.verify(parsed(verifyBody, body).token);
    return {
      title: 'Your address is confirmed',
      says: ['Thank you. You can close this page and go on where you were.'],
    };
  });

  page('/reset', async ({ body }) => {
    const { token, password } = parsed(resetBody, body);
    await accountChanges.reset(token, password);
    return {
      title: 'Your password is changed',
      says: ['You are signed out everywhere. Sign in with the new password where you were.'],
    };
  });

  for (const [name, type, text] of files) {
    rowFor('GET', name);
    router.get(name, (_req, res) => {
      res.set('cache-control', 'no-cache').type(type).send(text);
    });
  }

  const problems: ErrorRequestHandler = (thrown: unknown, req: Request, res, next) => {
    const path = req.path;
    if ((path !== '/verify' && path !== '/reset') || res.headersSent) return next(thrown);
    const error = thrown instanceof JamzError ? thrown : unexpected(thrown);
    if (error.code === 'internal') {
      log.error({ err: thrown, requestId: requestIdOf(res) }, 'a request failed');
    }
    const { title, says, form: asked } = empty[path];
    const again = asked && error.code !== 'gone' ? { form: withToken(asked, req.body) } : {};
    send(res, statusOf[error.code], {
      title,
      problem: error.message,
      says: error.code === 'gone' ? [] : says,
      ...again,
    });
    return undefined;
  };
  router.use(problems);
  return router;
}

const empty: Readonly<Record<'/verify' | '/reset', AccountPage>> = {
  '/verify': {
    title: 'Confirm your e-mail address',
    says: ['Then you can get a new password by mail, should you ever forget yours.'],
    form: { action: '/verify', press: 'Confirm', password: false },
  },
  '/reset': {
    title: 'Choose a new password',
    says: ['It signs you out everywhere. A few words in a row are good, and easy to remember.'],
    form: { action: '/reset', press: 'Change the password', password: true },
  },
};

const files: readonly (readonly [name: string, type: string, text: string])[] = [
  ['/account.css', 'css', accountStyles],
  ['/account.js', 'js', accountScript],
];

/** Stricter than the playground: nothing but one style and one script of our own, in no frame. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

function send(res: Response, status: number, page: AccountPage): void {
  res
    .status(status)
    .set({
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    .type('html')
    .send(htmlOf(page));
}

function withToken(form: AccountForm, body: unknown): AccountForm {
  const { success, output } = v.safeParse(v.looseObject({ token: v.string() }), body);
  return success ? { ...form, token: output.token.slice(0, 100) } : form;
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, body: unknown): T {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]);
  throw new JamzError(
    'invalid',
    field === 'password'
      ? 'A password has 8 to 256 characters'
      : 'This link is not whole: open it from the mail again',
  );
}

function unexpected(cause: unknown): JamzError {
  const status: unknown = cause instanceof Error && 'status' in cause ? cause.status : undefined;
  const isTheirs = typeof status === 'number' && status >= 400 && status < 500;
  return isTheirs
    ? new JamzError('invalid', 'This cannot be read: open the link from the mail again', { cause })
    : new JamzError('internal', 'Something went wrong on our side: try again', { cause });
}
