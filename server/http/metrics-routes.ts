import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Origins } from '../accounts/origins.ts';
import type { Figures, Gauges } from '../ports/figures.ts';
import { replicaReport } from '../watch/replica-report.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';

export interface MetricsRouteDeps {
  readonly figures: Figures;
  readonly gauges: Gauges;
  readonly origins: Origins;
  readonly rateLimits: RateLimits;
  /** Whoever shows it may read the figures; without one only this machine may, and only where nothing stands before us. */
  readonly token: string | undefined;
  /** Others may reach this server as if they were this machine: it has a public address, or serves phones nearby. */
  readonly isExposed: boolean;
}

/** `/metrics` for who watches over this server, and where replicas tell what they counted. */
export function metricsRoutes(deps: MetricsRouteDeps): Route[] {
  const { figures, gauges, origins, rateLimits } = deps;
  return [
    route({
      method: 'GET',
      path: '/metrics',
      summary:
        'What this process counts, for Prometheus; with METRICS_TOKEN as bearer, or from this machine',
      async run({ req, res }) {
        admit(req, deps);
        const { text, type } = await figures.read(gauges);
        res.set('cache-control', 'no-store').status(200).type(type).send(text);
      },
    }),
    route({
      method: 'POST',
      path: '/v1/metrics',
      summary: 'What a replica counted; nothing in it tells whose',
      body: replicaReport,
      maxBodyBytes: 4_096,
      async run({ body, req, origin }) {
        await rateLimits.spend('metrics', req.ip ?? '');
        await origins.siteFor(body.site, origin);
        figures.reported(body);
      },
    }),
  ];
}

/** Headers by which a proxy says that it speaks for somebody else. */
const signsOfProxy = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/** @throws {JamzError} `unauthenticated`, `forbidden` */
function admit(req: Request, { token, isExposed }: MetricsRouteDeps): void {
  if (token !== undefined) {
    const [, given = ''] = /^Bearer (.+)$/.exec(req.get('authorization') ?? '') ?? [];
    if (isSame(given, token)) return;
    throw new JamzError('unauthenticated', 'Show METRICS_TOKEN as a bearer token');
  }
  const isProxied = signsOfProxy.some((name) => req.get(name) !== undefined);
  if (!isExposed && !isProxied && isThisMachine(req.socket.remoteAddress ?? '')) return;
  throw new JamzError(
    'forbidden',
    'Figures are for this machine alone: set METRICS_TOKEN and show it as a bearer token',
  );
}

function isThisMachine(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
