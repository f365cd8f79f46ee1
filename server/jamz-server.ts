import { join } from 'node:path';
import type { Logger } from 'pino';
import { keepResuming } from './accounts/keep-resuming.ts';
import { authSecretOf } from './accounts/keys.ts';
import type { Config } from './config/config.ts';
import { distDir, packageVersion } from './config/package-root.ts';
import { type Core, type CoreDeps, createCore } from './core.ts';
import { fileRouters } from './file-routers.ts';
import { type AdmissionRules, defaultAdmission } from './gateway/admission.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { accountPages } from './http/account-pages.ts';
import { accountRoutes } from './http/account-routes.ts';
import { lanAddresses, ownOrigins, type Urls, urlsOf } from './http/addresses.ts';
import { createApp } from './http/app.ts';
import { authRoutes } from './http/auth-routes.ts';
import type { FileRouteDeps } from './http/files-deps.ts';
import { groupRoutes } from './http/group-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { historyRoutes } from './http/history-routes.ts';
import { createIdentify } from './http/identify.ts';
import { type Listener, listen, makeHttpServer } from './http/listener.ts';
import { messageRoutes } from './http/message-routes.ts';
import { type MetricsRouteDeps, metricsRoutes } from './http/metrics-routes.ts';
import { personRoutes } from './http/person-routes.ts';
import { pushRoutes } from './http/push-routes.ts';
import { createRateLimits, type RateLimits } from './http/rate-limits.ts';
import type { Route } from './http/route.ts';
import { safetyRoutes } from './http/safety-routes.ts';
import { siteDoors } from './http/site-doors.ts';
import { siteRoutes } from './http/site-routes.ts';
import { syncRoutes } from './http/sync-routes.ts';
import type { UploadIntake } from './music/intake.ts';
import type { AdmitFile } from './music/member-quota.ts';
import { selfService } from './pages/self-service.ts';
import type { Bus } from './ports/bus.ts';
import type { Clock } from './ports/clock.ts';
import type { Codec } from './ports/codec.ts';
import type { Counters } from './ports/counters.ts';
import type { Figures, Gauges } from './ports/figures.ts';
import type { Files } from './ports/files.ts';
import type { HasLeaked } from './ports/leaked-passwords.ts';
import type { Mailer } from './ports/mail.ts';
import type { Outbound } from './ports/outbound.ts';
import type { DrawPhoto } from './ports/photos.ts';
import type { PushSender } from './ports/push.ts';
import type { Store } from './ports/store.ts';
import type { TimeSeries } from './ports/time-series.ts';
import type { Timers } from './ports/timers.ts';
import { type WatchedLogs, watchCommits, watchLogs } from './watch/watched-logs.ts';

/** One server process: starts once, stops once. */
export interface JamzServer {
  /** Resolves when requests are answered. @throws {StartError} naming what is in the way; `stop` cleans up */
  start(): Promise<void>;
  /** Takes nothing new, says goodbye, finishes writing, closes the store. Asked again, it is the same stop. */
  stop(): Promise<void>;
  /** Where it is reached, once started. */
  urls(): Urls;
  /** Does now what is done every hour: drops what expired, sweeps the demo's groups. */
  tidy(): Promise<void>;
}

/** The vendors that a server runs on, picked by `compose.ts`. */
export interface Adapters {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly codec: Codec;
  readonly timers: Timers;
  readonly files: Files;
  readonly uploads: FileRouteDeps['uploads'];
  readonly drawPhoto: DrawPhoto;
  /** What one person may upload. */
  readonly admitFile: AdmitFile;
  readonly intake: UploadIntake;
  readonly mailer: Mailer;
  /** Absent: no service is asked. */
  readonly hasLeaked?: HasLeaked;
  readonly outbound: Outbound;
  readonly series: TimeSeries;
  /** @param authSecret under which its keys are kept */
  readonly pushSender: (authSecret: string) => Promise<PushSender>;
  readonly log: Logger;
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly monotonicMs: () => number;
  readonly figures: Figures;
  readonly counters: Counters;
  readonly seedDemoGroup: CoreDeps['seedDemoGroup'];
}

export interface ServerOptions {
  /** Default {@link defaultRateLimits}. */
  readonly rateLimits?: RateLimits;
  /** Default {@link defaultAdmission}. */
  readonly admission?: AdmissionRules;
  /** Default: the package's own. */
  readonly distDir?: string;
}

/** How long a request under way may take once the server is asked to stop. */
const stopPatienceMs = 5_000;
/** What expired is dropped this often. */
const tidyEveryMs = 3_600_000;
/** What a command beside this server began is finished this soon, and what another process was killed over. */
const resumeEveryMs = 5_000;

/** @param open opens the adapters; called by `start` */
export function createJamzServer(
  config: Config,
  open: () => Promise<Adapters>,
  options: ServerOptions = {},
): JamzServer {
  const addresses = config.lan || config.host === '0.0.0.0' ? lanAddresses() : [];
  /** What has been opened, the last first. */
  const closers: (() => Promise<void> | void)[] = [];
  let port = config.port;
  let stopping: Promise<void> | undefined;
  let tidy = async (): Promise<void> => {};

  const urls = (): Urls => urlsOf(config, port, addresses);

  async function start(): Promise<void> {
    const adapters = await open();
    const { store, bus, log } = adapters;
    closers.unshift(() => store.close());
    closers.unshift(() => adapters.series.close());
    closers.unshift(() => bus.close());
    const authSecret = await authSecretOf(store.meta, config.authSecret, adapters.randomBytes);
    let watched: WatchedLogs | undefined;
    let gateway: Gateway | undefined;
    closers.unshift(() => adapters.figures.close());
    closers.unshift(() => adapters.counters.close());
    const core = createCore({
      ...adapters,
      watch(logs) {
        watched = watchLogs(logs, adapters.figures, adapters.monotonicMs);
        return watched.logs;
      },
      authSecret,
      pushSender: await adapters.pushSender(authSecret),
      auditDays: config.auditDays,
      demoGroupDays: config.demoGroupDays,
      historyDays: config.historyDays,
      publicUrl: () => urls().public,
      ownOrigins: () => ownOrigins(config, port, addresses),
    });
    closers.unshift(() => core.close());
    closers.unshift(watchCommits(bus, adapters.figures));
    await core.sites.ensureDemo();
    if (config.selfService) await core.sites.ensureConsole();
    tidy = async () => {
      const nowMs = adapters.clock.nowMs();
      const work = [
        store.sessions.dropExpired(nowMs),
        store.oneTimeTokens.dropExpired(nowMs),
        core.trail.tidy(),
        core.sweepDemoGroups(),
        core.tidySites(),
        core.history.tidy(),
        core.pushes.tidy(),
      ];
      for (const done of await Promise.allSettled(work)) {
        if (done.status === 'rejected') log.error({ err: done.reason }, 'tidying failed');
      }
    };
    let tidying = tidy();
    closers.unshift(() => tidying);
    const tidyAgain = (): void => {
      tidying = tidying.then(tidy);
    };
    closers.unshift(adapters.timers.every(tidyEveryMs, tidyAgain));
    closers.unshift(keepResuming(core.erasures, adapters, resumeEveryMs));

    const gauges = {
      sockets: () => gateway?.socketCount ?? 0,
      slowSockets: () => gateway?.slowSockets ?? { behind: 0, waitingBytes: 0, cut: 0 },
      pushesUnderWay: () => watched?.underWay() ?? 0,
      bus: () => bus.health(),
    };
    core.history.measure(() => ({
      sockets: gauges.sockets(),
      pushesUnderWay: gauges.pushesUnderWay(),
      memoryBytes: process.memoryUsage.rss(),
    }));
    const here = {
      own: () => ownOrigins(config, port, addresses),
      publicUrl: () => urls().public,
    };
    const app = appOf(config, adapters, core, authSecret, gauges, here, options);
    const server = await makeHttpServer(config, app, addresses, adapters.clock.nowMs());
    gateway = createGateway({
      ...adapters,
      ...core,
      httpServer: server,
      log: store.log,
      admission: options.admission ?? defaultAdmission,
      familyAlive: store.sessions.familyAlive,
      groupsOf: core.groups.listOf,
      openSocket: core.quotas.openSocket,
      onBug: (err) => log.error({ err }, 'a socket failed'),
    });
    let listener: Listener | undefined;
    closers.unshift(async () => {
      // The port closes at once; what is under way may finish while the sockets say goodbye.
      const closed = listener?.close(stopPatienceMs);
      await gateway?.stop();
      await closed;
    });
    listener = await listen(server, config);
    port = listener.port;
    log.info({ ...urls(), dataDir: config.dataDir }, 'started');
    closers.push(() => log.info('stopped'));
  }

  async function close(): Promise<void> {
    for (const closer of closers) await closer();
  }

  return {
    start,
    urls,
    tidy: () => tidy(),
    stop() {
      stopping ??= close();
      return stopping;
    },
  };
}

function appOf(
  config: Config,
  adapters: Adapters,
  core: Core,
  authSecret: string,
  gauges: Gauges,
  here: { readonly own: () => readonly string[]; readonly publicUrl: () => string },
  options: ServerOptions,
): ReturnType<typeof createApp> {
  const { log } = adapters;
  const identify = createIdentify({ ...core, adminToken: config.adminToken });
  const rateLimits = options.rateLimits ?? createRateLimits(adapters.counters);
  return createApp({
    log,
    identify,
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
    ...personRoutes({ ...core, rateLimits }),
    ...siteRoutes(core),
    ...siteDoors({ ...core, store, clock, rateLimits }),
    ...groupRoutes({ ...core, rateLimits }),
    ...historyRoutes({ ...core, rateLimits }),
    ...pushRoutes({ ...core, rateLimits }),
    ...messageRoutes(core.olderMessages),
    ...safetyRoutes({ ...core, rateLimits }),
    ...syncRoutes({ ...core, clock }),
    ...metricsRoutes({ ...core, ...watching, figures, rateLimits }),
  ];
}
