import type { Logger } from 'pino';
import { keepDoing, keepResuming } from './accounts/keep-resuming.ts';
import { authSecretOf } from './accounts/keys.ts';
import { appOf } from './app-of.ts';
import type { Config } from './config/config.ts';
import { type CoreDeps, createCore } from './core.ts';
import { type AdmissionRules, defaultAdmission } from './gateway/admission.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { lanAddresses, ownOrigins, type Urls, urlsOf } from './http/addresses.ts';
import type { FileRouteDeps } from './http/files-deps.ts';
import { type Listener, listen, makeHttpServer } from './http/listener.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { UploadIntake } from './music/intake.ts';
import type { AdmitFile } from './music/member-quota.ts';
import type { Bus } from './ports/bus.ts';
import type { Clock } from './ports/clock.ts';
import type { Codec } from './ports/codec.ts';
import type { Counters } from './ports/counters.ts';
import type { Figures } from './ports/figures.ts';
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
/** Sockets end within five seconds of a sign-out, also of one by a command beside this server. */
const heedEveryMs = 2_000;

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
      signInDays: config.signInDays,
      isAlone: config.redisUrl === undefined,
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
        core.trips.tidy(),
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
    closers.unshift(
      keepDoing(core.signOuts.heed, adapters, heedEveryMs, 'sign-outs could not be looked for'),
    );

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
