import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import { rowFor } from '../access/table.ts';
import type { AccountChanges } from '../accounts/account-changes.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Sites } from '../accounts/sites.ts';
import { consoleSiteKey } from '../accounts/sites.ts';
import { addressOf } from '../http/auth-routes.ts';
import { signInBody, signUpBody } from '../http/bodies.ts';
import { statusOf } from '../http/problem.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { requestIdOf } from '../http/request-log.ts';
import type { Quotas } from '../sites/quotas.ts';
import { html } from './html.ts';
import type { SiteActions } from './site-actions.ts';
import { emailForm, parsed, typedIn, unexpected } from './site-forms.ts';
import { send } from './site-reply.ts';
import { fromOf, type SiteSession } from './site-session.ts';
import { siteScript, siteStyles } from './site-styles.ts';
import {
  listView,
  pageOf,
  type Saying,
  signInView,
  siteView,
  type Typed,
  type Viewer,
} from './site-views.ts';

export interface SitePagesDeps {
  readonly accounts: Accounts;
  readonly accountChanges: Pick<AccountChanges, 'requestReset'>;
  readonly sites: Pick<Sites, 'ofOwner'>;
  readonly actions: SiteActions;
  readonly session: SiteSession;
  readonly quotas: Pick<Quotas, 'usageOf'>;
  readonly rateLimits: RateLimits;
  readonly nowMs: () => number;
  /** For forms: a text that nobody guesses and that comes once. */
  readonly newToken: () => string;
  /** Whether a page of this origin is one of the server's own. */
  readonly isOwn: (origin: string) => boolean;
  readonly publicUrl: () => string;
  readonly log: Logger;
}

type Door = (req: Request, res: Response, actor: Actor) => Promise<void>;

/** `/sites`: where people register sites of their own and look after them. Plain forms, which work without scripts. */
export function sitePages(deps: SitePagesDeps): Router {
  const { accounts, actions, session, rateLimits } = deps;
  const router = Router();
  const parseForm = express.urlencoded({ extended: false, limit: 16_384, parameterLimit: 12 });

  for (const [name, type, text] of [
    ['/sites.css', 'css', siteStyles],
    ['/sites.js', 'js', siteScript],
  ] as const) {
    rowFor('GET', name);
    router.get(
      name,
      (_req, res) => void res.set('cache-control', 'no-cache').type(type).send(text),
    );
  }

  const get = (
    path: string,
    door: (req: Request, res: Response, actor: Actor | undefined) => Promise<void>,
  ) => {
    rowFor('GET', path);
    router.get(path, async (req, res) => door(req, res, await session.viewer(req, res)));
  };

  /** A form: only of a page of our own, and not too often. */
  const post = (path: string, run: (req: Request, res: Response) => Promise<void>) => {
    rowFor('POST', path);
    router.post(path, async (req, res) => {
      // Before anything else: what another site's page sends here is not what the person wants.
      const origin = req.get('origin');
      if (origin === undefined || !deps.isOwn(origin)) {
        throw new JamzError(
          'forbidden',
          'This form came from another page: open it here and send it again',
        );
      }
      await rateLimits.spend('site-page', addressOf(req));
      await new Promise<void>((resolve, reject) => {
        parseForm(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
      });
      await run(req, res);
    });
  };

  const signedIn =
    (door: Door) =>
    async (req: Request, res: Response): Promise<void> => {
      const actor = await session.viewer(req, res);
      if (actor) await door(req, res, actor);
      else send(res, 401, pageOf(welcome, undefined, { problem: 'Sign in first' }, signInView({})));
    };

  async function list(
    res: Response,
    status: number,
    actor: Actor,
    say: Saying,
    typed: Typed,
  ): Promise<void> {
    const viewer = viewerOf(actor);
    const body = listView(viewer, await deps.sites.ofOwner(actor.userId), typed, deps.newToken());
    send(res, status, pageOf('Your sites', viewer, say, body));
  }

  async function site(
    res: Response,
    actor: Actor,
    key: string,
    say: Saying,
    {
      status = 200,
      secret,
    }: { readonly status?: number; readonly secret?: string | undefined } = {},
  ): Promise<void> {
    const shown = await actions.own(actor, key);
    const body = siteView({
      ...{ site: shown, secret, server: deps.publicUrl(), nowMs: deps.nowMs() },
      usage: await deps.quotas.usageOf(shown),
      once: deps.newToken(),
    });
    send(res, status, pageOf(shown.name, viewerOf(actor), say, body));
  }

  get('/sites', async (_req, res, actor) => {
    if (actor) await list(res, 200, actor, {}, {});
    else send(res, 200, pageOf(welcome, undefined, {}, signInView({})));
  });

  post('/sites/sign-up', async (req, res) => {
    await rateLimits.spend('sign-up', addressOf(req));
    const person = parsed(signUpBody, { ...req.body, site: consoleSiteKey, via: 'body' });
    session.begin(req, res, await accounts.signUp(fromOf(req), person));
    res.redirect(303, '/sites');
  });

  post('/sites/sign-in', async (req, res) => {
    const { email, password, code } = parsed(signInBody, {
      ...req.body,
      site: consoleSiteKey,
      via: 'body',
    });
    const account = `${consoleSiteKey} ${email.toLowerCase()}`;
    await rateLimits.spend('sign-in', addressOf(req));
    await rateLimits.spend('password', `${account} ${addressOf(req)}`);
    await rateLimits.spend('account', account);
    session.begin(req, res, await accounts.signIn(fromOf(req), { email, password }, code));
    res.redirect(303, '/sites');
  });

  post('/sites/forgot', async (req, res) => {
    const email = parsed(emailForm, req.body?.email);
    await rateLimits.spend('mail', addressOf(req));
    await rateLimits.spend('mail-account', `${consoleSiteKey} ${email.toLowerCase()}`);
    await deps.accountChanges.requestReset(fromOf(req), email);
    const done = 'If this address has an account, a mail with a link is on its way.';
    send(res, 200, pageOf(welcome, undefined, { done }, signInView({ email })));
  });

  post('/sites/sign-out', async (req, res) => {
    await session.end(req, res);
    res.redirect(303, '/sites');
  });

  post(
    '/sites/new',
    signedIn(async (req, res, actor) => {
      await rateLimits.spend('site-new', addressOf(req));
      await rateLimits.spend('site-new', actor.userId);
      const { key, secret } = await actions.add(actor, req.body);
      if (secret === undefined) res.redirect(303, `/sites/${key}`);
      else await site(res, actor, key, { done: 'Your site is registered.' }, { secret });
    }),
  );

  get('/sites/:key', async (req, res, actor) => {
    const done =
      req.query['saved'] === '1' ? { done: 'Saved. Pages notice within two seconds.' } : {};
    if (actor) await site(res, actor, String(req.params['key']), done);
    else send(res, 401, pageOf(welcome, undefined, { problem: 'Sign in first' }, signInView({})));
  });

  post(
    '/sites/:key/settings',
    signedIn(async (req, res, actor) => {
      const key = String(req.params['key']);
      await actions.change(actor, key, req.body);
      res.redirect(303, `/sites/${key}?saved=1`);
    }),
  );

  post(
    '/sites/:key/secret',
    signedIn(async (req, res, actor) => {
      const key = String(req.params['key']);
      const secret = await actions.rotate(actor, key, req.body);
      if (secret === undefined) res.redirect(303, `/sites/${key}`);
      else await site(res, actor, key, { done: 'Here is a new secret.' }, { secret });
    }),
  );

  /** The page that the form stood on, with what is wrong and what was typed. */
  const problems: ErrorRequestHandler = async (thrown: unknown, req, res, next) => {
    if (!/^\/sites(?:\/|$)/.test(req.path) || res.headersSent) return next(thrown);
    const error = thrown instanceof JamzError ? thrown : unexpected(thrown);
    if (error.code === 'internal')
      deps.log.error({ err: thrown, requestId: requestIdOf(res) }, 'a request failed');
    const status = statusOf[error.code];
    const say = { problem: error.message };
    if (error.retryAfterMs !== undefined)
      res.set('retry-after', String(Math.ceil(error.retryAfterMs / 1_000)));
    const [, , key, action] = req.path.split('/');
    try {
      const actor = error.code === 'internal' ? undefined : await session.viewer(req, res);
      if (!actor) {
        // `forbidden` says that the password was right, and asks for a code; who typed one may try another.
        const asksCode = error.code === 'forbidden' || req.body?.code !== undefined;
        const again = signInView(typedIn(req.body), asksCode && req.path === '/sites/sign-in');
        send(res, status, pageOf(welcome, undefined, say, again));
      } else if (action && key && error.code !== 'not-found')
        await site(res, actor, key, say, { status });
      else await list(res, status, actor, say, key === 'new' ? typedIn(req.body) : {});
    } catch {
      send(
        res,
        status,
        pageOf(
          'That did not work',
          undefined,
          say,
          html`<p><a href="/sites">Back to your sites</a></p>`,
        ),
      );
    }
    return undefined;
  };
  router.use(problems);
  return router;
}

const welcome = 'Your site on TrafficJamz';

function viewerOf({ name, email = '', emailVerified = false }: Actor): Viewer {
  return { name, email, emailVerified };
}
