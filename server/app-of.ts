import { join } from 'node:path';
import type { Config } from './config/config.ts';
import { distDir, packageVersion } from './config/package-root.ts';
import type { Core } from './core.ts';
import { fileRouters } from './file-routers.ts';
import { accountPages } from './http/account-pages.ts';
import { accountRoutes } from './http/account-routes.ts';
import { createApp } from './http/app.ts';
import { authRoutes } from './http/auth-routes.ts';
import { groupRoutes } from './http/group-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { historyRoutes } from './http/history-routes.ts';
import { createIdentify } from './http/identify.ts';
import { messageRoutes } from './http/message-routes.ts';
import { type MetricsRouteDeps, metricsRoutes } from './http/metrics-routes.ts';
import { notedProblems } from './http/note-problems.ts';
import { personRoutes } from './http/person-routes.ts';
import { pushRoutes } from './http/push-routes.ts';
import { createRateLimits, type RateLimits } from './http/rate-limits.ts';
import type { Route } from './http/route.ts';
import { safetyRoutes } from './http/safety-routes.ts';
import { secondFactorRoutes } from './http/second-factor-routes.ts';
import { siteDoors } from './http/site-doors.ts';
import { siteRoutes } from './http/site-routes.ts';
import { syncRoutes } from './http/sync-routes.ts';
import { tripRoutes } from './http/trip-routes.ts';
import type { Adapters, ServerOptions } from './jamz-server.ts';
import { selfService } from './pages/self-service.ts';
import type { Gauges } from './ports/figures.ts';

/** The HTTP side of one server: every route over the use cases. */
export function appOf(
  config: Config,
  adapters: Adapters,
  core: Core,
  authSecret: string,
  gauges: Gauges,
  here: { readonly own: () => readonly string[]; readonly publicUrl: () => string },
  options: ServerOptions,
): ReturnType<typeof createApp> {
  const { log } = adapters;
  const { identify, onProblem } = notedProblems(
    createIdentify({ ...core, adminToken: config.adminToken }),
    core.noteRefusal,
  );
  const rateLimits = options.rateLimits ?? createRateLimits(adapters.counters);
  return createApp({
    log,
    identify,
    onProblem,
    groupInQuestion: core.groups.inQuestion,
    origins: core.origins,
    newRequestId: () => crypto.randomUUID(),
    monotonicMs: adapters.monotonicMs,
    trustedHttps: config.publicUrl?.startsWith('https:') === true && !config.lan,
    routes: routesOf(adapters, core, rateLimits, {
      gauges,
      token: config.metricsToken,
      isExposed: config.publicUrl !== undefined || config.lan,
    }),
    routers: [...fileRouters(adapters, core, { authSecret, identify, rateLimits })],
    pages: [
      accountPages({ ...core, rateLimits, log }),
      selfService({
        ...core,
        ...{ isOn: config.selfService, rateLimits, log, randomBytes: adapters.randomBytes },
        nowMs: adapters.clock.nowMs,
        isOwn: (origin) => here.own().includes(origin),
        publicUrl: here.publicUrl,
      }),
    ],
    distDir: options.distDir ?? distDir(),
    releasesDir: join(config.dataDir, 'cdn'),
    version: packageVersion(),
  });
}

/** Every route but those of files, which bring their own router. */
export function routesOf(
  { store, clock, figures }: Pick<Adapters, 'store' | 'clock' | 'figures'>,
  core: Core,
  rateLimits: RateLimits,
  watching: Pick<MetricsRouteDeps, 'gauges' | 'token' | 'isExposed'>,
): Route[] {
  return [
    ...healthRoutes(() => store.sites.list(), watching.gauges.bus),
    ...authRoutes({ accounts: core.accounts, rateLimits }),
    ...accountRoutes({ ...core, rateLimits }),
    ...secondFactorRoutes({ ...core, rateLimits }),
    ...personRoutes({ ...core, rateLimits }),
    ...siteRoutes(core),
    ...siteDoors({ ...core, store, clock, rateLimits }),
    ...groupRoutes({ ...core, rateLimits }),
    ...historyRoutes({ ...core, rateLimits }),
    ...tripRoutes({ ...core, rateLimits }),
    ...pushRoutes({ ...core, rateLimits }),
    ...messageRoutes(core.olderMessages),
    ...safetyRoutes({ ...core, rateLimits }),
    ...syncRoutes({ ...core, clock }),
    ...metricsRoutes({ ...core, ...watching, figures, rateLimits }),
  ];
}
