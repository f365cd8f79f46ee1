import { type Request, Router } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import { type AccessRow, rowFor } from '../access/table.ts';
import type { Origins } from '../accounts/origins.ts';
import type { Reports } from '../safety/reports.ts';
import type { TakeDown } from '../safety/takedowns.ts';
import { reportFiledAnswer, reportsAnswer } from './answers.ts';
import { reportBody } from './bodies.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';

export interface SafetyRouteDeps {
  readonly reports: Reports;
  readonly origins: Origins;
  readonly rateLimits: RateLimits;
}

/** Reports about members: filed by people, read by the site's own backend. */
export function safetyRoutes({ reports, origins, rateLimits }: SafetyRouteDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/groups/:groupId/reports',
      summary: 'Reports a member to the people of the site',
      body: reportBody,
      answer: reportFiledAnswer,
      status: 201,
      async run({ actor, param, body }) {
        await rateLimits.spend('report', actor().userId);
        return reports.file(actor(), param('groupId'), body);
      },
    }),
    route({
      method: 'GET',
      path: '/v1/sites/:key/reports',
      summary: 'What was reported on the site, the newest first; `?before=` a time for older ones',
      answer: reportsAnswer,
      async run({ actor, param, req }) {
        const site = await origins.siteFor(param('key'), undefined);
        if (site.siteId !== actor().siteId) {
          throw new JamzError('not-found', 'This secret is of another site');
        }
        return reports.ofSite(site.siteId, beforeOf(req));
      },
    }),
  ];
}

export interface TakedownRouteDeps {
  readonly takeDown: TakeDown;
  /** @throws {JamzError} `unauthenticated`, `token-expired`, `origin-not-allowed` */
  readonly identify: (req: Request, row: AccessRow) => Promise<Actor>;
}

/** `DELETE /v1/files/:fileId`: which group it is about, and so who may, only the file tells. Mount at `/v1`. */
export function takedownRoute({ takeDown, identify }: TakedownRouteDeps): Router {
  const row = rowFor('DELETE', '/v1/files/:fileId');
  const router = Router();
  router.delete('/files/:fileId', async (req, res) => {
    await takeDown(await identify(req, row), req.params.fileId, row);
    res.status(204).end();
  });
  return router;
}

function beforeOf({ query }: Request): number {
  const { before = String(Number.MAX_SAFE_INTEGER) } = query;
  if (typeof before === 'string' && /^\d{1,16}$/.test(before)) return Number(before);
  throw new JamzError('invalid', 'before is a time in ms since 1970');
}
