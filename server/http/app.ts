import express, { type Express, type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type Method, rowFor } from '../access/table.ts';
import type { Origins } from '../accounts/origins.ts';
import { cors } from './cors.ts';
import { openApiOf } from './openapi.ts';
import { problemHandler, sendProblem } from './problem.ts';
import { type DoorDeps, registerRoutes } from './register.ts';
import { requestLog } from './request-log.ts';
import type { Route } from './route.ts';
import { securityHeaders, shared } from './security-headers.ts';
import { serveStaticPages } from './static-pages.ts';

export interface AppDeps extends DoorDeps {
  readonly log: Logger;
  readonly newRequestId: () => string;
  /** Monotonic ms. */
  readonly monotonicMs: () => number;
  readonly origins: Origins;
  /** Browsers reach us by a certificate that they trust. */
  readonly trustedHttps: boolean;
  readonly routes: readonly Route[];
  /** Routers with routes of their own kind, mounted at `/v1`. */
  readonly routers: readonly Router[];
  /** Small pages of the server's own, mounted at `/`; each asks for its rows itself. */
  readonly pages: readonly Router[];
  /** Where `npm run build` writes. */
  readonly distDir: string;
  /** Where releases of the CDN folder stay that pages have pinned. */
  readonly releasesDir: string;
  readonly version: string;
  /** Told of each request that ends with a problem. */
  readonly onProblem?: (error: JamzError, req: Request, res: Response) => void;
}

/**
 * The whole HTTP side of the server.
 *
 * @throws {Error} when a route has no row in the access table
 */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  // Every answer of the API is of its own moment; static files have etags of their own.
  app.disable('etag');
  app.set('query parser', 'simple');
  // Only a proxy on this machine is believed about who calls.
  app.set('trust proxy', 'loopback');

  app.use(requestLog({ ...deps, nowMs: deps.monotonicMs }));
  app.use(securityHeaders(deps.trustedHttps));
  app.use(['/v1', '/openapi.json'], shared, cors(deps.origins.isKnown));

  registerRoutes(app, deps.routes, deps);
  for (const router of deps.routers) {
    checkRows(router);
    app.use('/v1', router);
  }

  rowFor('GET', '/openapi.json');
  const description = openApiOf(deps.routes, deps.version);
  app.get('/openapi.json', (_req, res) => res.json(description));

  for (const pages of deps.pages) app.use(pages);
  serveStaticPages(app, deps);
  app.use((req, res) => {
    const message = `There is nothing at this address: check ${req.path.startsWith('/v1') ? 'the path and the method' : 'the path'}`;
    sendProblem(req, res, new JamzError('not-found', message));
  });
  app.use(problemHandler(deps.log, deps.onProblem));
  return app;
}

/** A router brings its own code, but not its own rules: each of its routes has a row too. */
function checkRows(router: Router): void {
  for (const { route } of router.stack) {
    for (const { method } of route?.stack ?? []) {
      if (route) rowFor(method.toUpperCase() as Method, `/v1${route.path}`);
    }
  }
}
