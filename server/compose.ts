import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { destination, pino } from 'pino';
import type { UserId } from '../sdk/protocol/ids.ts';
import { createErasures, type Erasures } from './accounts/erasures.ts';
import { type ExportFormat, exportText } from './accounts/export-record.ts';
import { exportRecords } from './accounts/export-records.ts';
import { authSecretOf, keysFrom } from './accounts/keys.ts';
import { createSignOuts, type SignOuts } from './accounts/sign-outs.ts';
import { createSites, type Sites } from './accounts/sites.ts';
import { createInProcessBus } from './adapters/bus/in-process.ts';
import { createSystemClock } from './adapters/clock/system.ts';
import { systemTimers } from './adapters/clock/system-timers.ts';
import { nodeCodec } from './adapters/codec/node.ts';
import { prometheusFigures } from './adapters/figures/prometheus.ts';
import { pwnedPasswords } from './adapters/leaked-passwords/pwned-passwords.ts';
import { folderMailer } from './adapters/mail/folder.ts';
import { smtpMailer } from './adapters/mail/smtp.ts';
import { guardedOutbound } from './adapters/outbound/guarded-outbound.ts';
import { DataDirInUseError } from './adapters/store/sqlite/directory-lock.ts';
import { type Config, StartError } from './config/config.ts';
import { createHistory } from './history/history.ts';
import {
  type Adapters,
  createJamzServer,
  type JamzServer,
  type ServerOptions,
} from './jamz-server.ts';
import { createDemoLibrary } from './music/demo-library.ts';
import { createIngest } from './music/ingest.ts';
import { workerInspector } from './music/inspector.ts';
import { createIntake } from './music/intake.ts';
import { memberQuota } from './music/member-quota.ts';
import type { SweepFilesDeps } from './music/sweep-files.ts';
import { openBus, openCounters } from './open-bus.ts';
import { openFiles, openUploads } from './open-files.ts';
import { openPushSender } from './open-push.ts';
import { openSqlite, openStore } from './open-store.ts';
import { openTimeSeries } from './open-time-series.ts';
import type { Clock } from './ports/clock.ts';
import type { Files } from './ports/files.ts';
import type { Mailer } from './ports/mail.ts';
import type { DrawPhoto } from './ports/photos.ts';
import type { AuditStore, Store, WebhookOutboxStore } from './ports/store.ts';
import { createAuditTrail, type Note } from './safety/audit-trail.ts';
import { servedFiles } from './safety/takedowns.ts';
import { createScopeLogs, type ScopeLogs } from './sync/scope-logs.ts';

/** One server over the adapters that the configuration chooses. Nothing happens before `start`. */
export function createServer(config: Config, options?: ServerOptions): JamzServer {
  return createJamzServer(config, () => openAdapters(config), options);
}

/** What commands beside a running server do with sites. */
export interface SitesDesk {
  readonly sites: Sites;
  readonly audit: AuditStore;
  readonly webhookOutbox: WebhookOutboxStore;
  readonly note: Note;
  readonly nowMs: number;
  close(): Promise<void>;
}

/** The register of sites, their webhooks and the audit log. @throws {StartError} */
export async function openSites(config: Config): Promise<SitesDesk> {
  const store = await openStore(config, true);
  const authSecret = await authSecretOf(store.meta, config.authSecret, randomBytes);
  const clock = createSystemClock();
  const log = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }));
  const onBug = (err: unknown): void => log.error({ err }, 'the audit log failed');
  const trail = createAuditTrail({ audit: store.audit, clock, days: config.auditDays, onBug });
  const sites = createSites({
    sites: store.sites,
    clock,
    note: trail.note,
    sealingKey: keysFrom(authSecret).siteSecrets,
    random: secureRandom,
    randomBytes,
  });
  return {
    sites,
    audit: store.audit,
    webhookOutbox: store.webhookOutbox,
    note: trail.note,
    nowMs: clock.nowMs(),
    async close() {
      await trail.settled();
      await store.close();
    },
  };
}

/** The logs alone, for commands that change them while no server runs. @throws {StartError} */
export async function openLogs(
  config: Config,
): Promise<{ readonly logs: ScopeLogs; readonly store: Store; close(): Promise<void> }> {
  const store = await openStore(config, false);
  // To stderr: stdout is for what a person or a script asked for.
  const log = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }));
  const onBug = (err: unknown): void => log.error({ err }, 'a log failed');
  const bus = createInProcessBus(onBug);
  const logs = createScopeLogs({
    ...{ store, bus, clock: createSystemClock(), codec: nodeCodec, onBug },
  });
  return { logs, store, close: () => store.close() };
}

/** All that is kept of people, for commands that work whether a server runs or not. */
export interface PeopleDesk {
  readonly store: Store;
  readonly erasures: Erasures;
  readonly signOuts: SignOuts;
  exportOf(userId: UserId, format: ExportFormat): AsyncIterable<string>;
  /** No server runs on this store, and none can start before this is closed. */
  readonly isAlone: boolean;
  close(): Promise<void>;
}

/** @param wantsAlone keeps servers out where none runs. @throws {StartError} */
export async function openPeople(config: Config, wantsAlone: boolean): Promise<PeopleDesk> {
  const alone =
    wantsAlone && config.mongodbUri === undefined ? openAlone(config.dataDir) : undefined;
  const store = alone ?? (await openStore(config, true));
  const clock = createSystemClock();
  const log = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }));
  const onBug = (err: unknown): void => log.error({ err }, 'a log failed');
  const bus = createInProcessBus(onBug);
  const logs = createScopeLogs({ store, bus, clock, codec: nodeCodec, onBug });
  const trail = createAuditTrail({ audit: store.audit, clock, days: config.auditDays, onBug });
  const series = await openTimeSeries(config);
  const history = createHistory({
    ...{ store, series, bus, logs, clock, onBug, timers: systemTimers, random: secureRandom },
    ...{ processId: 'command', maxDays: config.historyDays, onState: () => {} },
  });
  return {
    store,
    erasures: createErasures({
      forgetHistory: history.forget,
      ...{ store, logs, clock, codec: nodeCodec },
      files: await openFiles(config, clock),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      onEnded: () => {},
      note: trail.note,
    }),
    signOuts: createSignOuts({
      ...{ sessions: store.sessions, settings: store.settings, clock },
      ...{ note: trail.note, onEnded: () => {} },
    }),
    exportOf: (userId, format) =>
      exportText(
        exportRecords({ store, logs, clock, fixesOf: history.fixesOf }, userId),
        format,
        clock.nowMs(),
      ),
    isAlone: alone !== undefined,
    async close() {
      await trail.settled();
      await history.close();
      await series.close();
      await store.close();
    },
  };
}

/** Files and what is known of them, for commands beside a running server. @throws {StartError} */
export async function openFileDesk(
  config: Config,
): Promise<SweepFilesDeps & { close(): Promise<void> }> {
  const store = await openStore(config, true);
  const clock = createSystemClock();
  return {
    files: await openFiles(config, clock),
    records: store.files,
    takedowns: store.takedowns,
    clock,
    close: () => store.close(),
  };
}

/** @returns undefined where a server has it */
function openAlone(dataDir: string): Store | undefined {
  try {
    return openSqlite(dataDir, 'alone');
  } catch (error) {
    if (error instanceof StartError && error.cause instanceof DataDirInUseError) return undefined;
    throw error;
  }
}

/** @param instead what stands in for an adapter of the configuration, as a disk that is full */
export async function openAdapters(
  config: Config,
  instead: {
    readonly store?: Store;
    readonly files?: (real: Files) => Files;
    readonly mailer?: Mailer;
    readonly clock?: Clock;
  } = {},
): Promise<Adapters> {
  // To stderr: stdout is for what a person or a script asked for.
  const log = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }));
  const report = (err: unknown): void => log.error({ err }, 'an adapter failed');
  const store = instead.store ?? (await openStore(config, false));
  const clock = instead.clock ?? createSystemClock();
  const kept = await openFiles(config, clock);
  const files = instead.files?.(kept) ?? kept;
  const { uploads, arrivals } = await openUploads(config, files, clock);
  const records = servedFiles(store.files, store.takedowns);
  const admitFile = memberQuota(records, config.memberQuota);
  const inspect = workerInspector();
  return {
    store,
    clock,
    files,
    log,
    random: secureRandom,
    randomBytes,
    series: await openTimeSeries(config),
    pushSender: (authSecret) => openPushSender(config, store.meta, authSecret),
    outbound: guardedOutbound({ allowed: config.webhookHosts }),
    bus: await openBus(config, log, report),
    counters: await openCounters(config),
    codec: nodeCodec,
    timers: systemTimers,
    monotonicMs: () => performance.now(),
    uploads,
    drawPhoto: latePhotos(),
    admitFile,
    figures: prometheusFigures(),
    intake: createIntake({
      arrivals,
      ingest: createIngest({ files, records, inspect, clock, admit: admitFile }),
      files,
      records,
      clock,
      sleep: (ms) => sleep(ms, undefined, { ref: false }),
      report,
    }),
    mailer:
      instead.mailer ??
      openMailer(config, clock, (path) => log.info({ path }, 'a mail was written')),
    ...(config.pwnedPasswordsUrl !== undefined && {
      hasLeaked: pwnedPasswords({
        url: config.pwnedPasswordsUrl,
        onAway: (err) => log.warn({ err }, 'leaked passwords could not be asked for'),
      }),
    }),
    seedDemoGroup: createDemoLibrary({ files, records, clock, random: secureRandom }),
  };
}

/** @param onWritten told where a mail lies that could not be sent for want of a mail server */
export function openMailer(
  config: Config,
  clock: Clock = createSystemClock(),
  onWritten: (path: string) => void = () => {},
): Mailer {
  const { smtpUrl, mailFrom: from, dataDir } = config;
  if (smtpUrl !== undefined) return smtpMailer({ url: smtpUrl, from });
  const newId = (): string => randomBytes(6).toString('hex');
  return folderMailer({ directory: join(dataDir, 'mail'), from, clock, newId, onWritten });
}

/** Its native parts are loaded with the first picture. */
function latePhotos(): DrawPhoto {
  let draw: Promise<DrawPhoto> | undefined;
  return async (image) => {
    draw ??= import('./adapters/photos/sharp.ts').then(({ sharpPhotos }) => sharpPhotos());
    return (await draw)(image);
  };
}

const maxRandom = 2 ** 48 - 1;

/** Cryptographic numbers in [0, 1), for ids that are secrets too. */
function secureRandom(): number {
  return randomInt(maxRandom) / maxRandom;
}
