import type { Logger } from 'pino';
import { may } from '../sdk/merge/permissions.ts';
import { JamzError } from '../sdk/protocol/errors.ts';
import { groupScope, newId, type UserId } from '../sdk/protocol/ids.ts';
import { type AccountParts, createAccountParts } from './accounts/account-parts.ts';
import { createEraseOwn, type EraseOwn } from './accounts/erase-own.ts';
import { createErasures, type Erasures } from './accounts/erasures.ts';
import { type ExportFormat, exportText } from './accounts/export-record.ts';
import { exportRecords } from './accounts/export-records.ts';
import { keysFrom } from './accounts/keys.ts';
import { createPostman, mailFailure, type Postman } from './accounts/postman.ts';
import { createProfiles } from './accounts/profiles.ts';
import { demoSiteKey } from './accounts/sites.ts';
import { groupLogOf } from './groups/group-log.ts';
import { createGroups, type Groups } from './groups/groups.ts';
import { createInvitations, type Invitations } from './groups/invitations.ts';
import { createHistory, type History } from './history/history.ts';
import type { FileRouteDeps } from './http/files-deps.ts';
import type { SeedDemoGroup } from './music/demo-library.ts';
import type { Bus } from './ports/bus.ts';
import type { Clock } from './ports/clock.ts';
import type { Codec } from './ports/codec.ts';
import type { Files } from './ports/files.ts';
import type { HasLeaked } from './ports/leaked-passwords.ts';
import type { Mailer } from './ports/mail.ts';
import type { Outbound } from './ports/outbound.ts';
import type { PushSender } from './ports/push.ts';
import type { Store } from './ports/store.ts';
import type { TimeSeries } from './ports/time-series.ts';
import type { Timers } from './ports/timers.ts';
import { createPushes, type Pushes } from './push/pushes.ts';
import { type AuditTrail, createAuditTrail } from './safety/audit-trail.ts';
import { createSweepDemoGroups, type SweepDemoGroups } from './safety/demo-groups.ts';
import { createRefusalNotes, type NoteRefusal } from './safety/refusal-notes.ts';
import { createReports, type Reports } from './safety/reports.ts';
import {
  createMarkTaken,
  createTakeDown,
  type MarkTaken,
  type TakeDown,
} from './safety/takedowns.ts';
import { auditedLogs } from './sites/audited-logs.ts';
import { quotaLogs } from './sites/quota-logs.ts';
import { createQuotas, type Quotas } from './sites/quotas.ts';
import { createSiteParts, type SiteParts } from './sites/site-parts.ts';
import { quotaEvent } from './sites/webhook-events.ts';
import { createHousekeeping } from './sync/housekeeping.ts';
import { createLive, type Live } from './sync/live.ts';
import { createOlderMessages, type OlderMessages } from './sync/older-messages.ts';
import { createPulls, type Pulls } from './sync/pull.ts';
import { createScopeLogs, type ScopeLogs } from './sync/scope-logs.ts';
import { createSnapshots } from './sync/snapshots.ts';
import { createSyncRequests } from './sync/sync-requests.ts';
import { viewAt } from './sync/view-at.ts';
import { createTripCodes } from './trips/trip-codes.ts';
import { createTrips, type Trips } from './trips/trips.ts';

/** The use cases, put together over ports; nothing here knows HTTP, sockets or a vendor. */
export interface Core extends AccountParts, Omit<SiteParts, 'tidy' | 'close'> {
  readonly groups: Groups;
  readonly invitations: Invitations;
  readonly logs: ScopeLogs;
  readonly pulls: Pulls;
  readonly live: Live;
  readonly olderMessages: OlderMessages;
  readonly sync: ReturnType<typeof createSyncRequests>;
  readonly authoriseFiles: FileRouteDeps['authorise'];
  readonly postman: Postman;
  readonly history: History;
  readonly pushes: Pushes;
  readonly trips: Trips;
  readonly trail: AuditTrail;
  readonly noteRefusal: NoteRefusal;
  readonly reports: Reports;
  readonly takeDown: TakeDown;
  readonly markTaken: MarkTaken;
  readonly sweepDemoGroups: SweepDemoGroups;
  readonly erasures: Erasures;
  readonly eraseOwn: EraseOwn;
  readonly quotas: Quotas;
  /** Forgets what is old of sites, and notices what was missed. */
  readonly tidySites: SiteParts['tidy'];
  /** What is kept of a person, in pieces as it is read. */
  readonly exportOf: (userId: UserId, format: ExportFormat) => AsyncIterable<string>;
  close(): Promise<void>;
}

export interface CoreDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly codec: Codec;
  readonly timers: Timers;
  readonly log: Logger;
  /** Counts what goes through the logs. */
  readonly watch?: (logs: ScopeLogs) => ScopeLogs;
  readonly authSecret: string;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly mailer: Mailer;
  readonly hasLeaked?: HasLeaked;
  /** How long a sign-in lasts at most. */
  readonly signInDays: number;
  /** How many days the audit log goes back; 0: for ever. */
  readonly auditDays: number;
  /** Groups of the demo site lie still for so many days at most; 0: for ever. */
  readonly demoGroupDays: number;
  readonly files: Files;
  readonly series: TimeSeries;
  readonly pushSender: PushSender;
  /** No other process works on this store. */
  readonly isAlone: boolean;
  /** How many days it is kept where members were; 0: not at all. */
  readonly historyDays: number;
  readonly outbound: Outbound;
  readonly publicUrl: () => string;
  readonly ownOrigins: () => readonly string[];
  /** Fills a group of the demo site that has just been made. */
  readonly seedDemoGroup: SeedDemoGroup;
}

export function createCore(deps: CoreDeps): Core {
  const { store, bus, clock, codec, log, random } = deps;
  const onBug = (err: unknown): void => log.error({ err }, 'a use case failed');
  const trail = createAuditTrail({
    ...{ audit: store.audit, clock, days: deps.auditDays, onBug },
    tell: (audit) => log.info({ audit }, 'noted in the audit log'),
  });
  const { note } = trail;
  let siteParts: SiteParts | undefined;
  const quotas = createQuotas({
    ...{ sites: store.sites, usage: store.usage, clock, timers: deps.timers, bus, onBug },
    processId: newId(random),
    onNear(siteId, day, quota, { used, limit }) {
      log.warn({ siteId, quota, used, limit }, 'a site nears a quota');
      const data = { quota, used, limit };
      siteParts?.webhookFeed.note(quotaEvent(siteId, day, clock.nowMs(), data));
    },
  });
  const ownLogs = createScopeLogs({ store, bus, clock, codec, onBug });
  const watchedLogs = deps.watch?.(ownLogs) ?? ownLogs;
  const noteRefusal = createRefusalNotes(note, clock);
  const logs = auditedLogs(quotaLogs(watchedLogs, quotas), note, noteRefusal);
  const snapshots = createSnapshots({ store, logs, codec, clock, onBug });
  const pulls = createPulls({ store, logs, snapshots, clock });
  const live = createLive({
    ...{ logs, bus, clock },
    schedule: deps.timers.afterTurn,
    after: deps.timers.after,
  });
  const { afterTurn } = deps.timers;
  const housekeeping = createHousekeeping({ store, logs, codec, clock, afterTurn, onBug });

  const postman = createPostman({
    mailer: deps.mailer,
    timers: deps.timers,
    onFailed: (error) => log.error({ reason: mailFailure(error) }, 'a mail was not sent'),
  });

  const groupLog = groupLogOf(logs);
  const invitations = createInvitations({
    store,
    log: groupLog,
    clock,
    random,
    publicUrl: deps.publicUrl,
  });
  const groups = createGroups({
    store,
    log: groupLog,
    groupOfCode: invitations.groupOf,
    noteUse: invitations.noteUse,
    random,
    admit: quotas.admit,
    reopens: ({ key }) => key === demoSiteKey,
    async onOpened({ groupId, site, founderId }) {
      if (site.key !== demoSiteKey) return;
      // An empty playlist is no reason to keep anybody out.
      await deps.seedDemoGroup(logs, groupId, founderId).catch(onBug);
    },
  });
  const onSignedOut = (familyId: string): void => bus.publish({ kind: 'signed-out', familyId });
  const history = createHistory({
    ...{ store, bus, logs, clock, random, onBug },
    ...{ series: deps.series, timers: deps.timers, maxDays: deps.historyDays },
    processId: newId(random),
    onState(state, err) {
      if (state === 'away') log.warn({ err }, 'the time series are away: points wait');
      else log.info('the time series are back');
    },
  });
  const pause = (): Promise<void> => new Promise((resolve) => afterTurn(resolve));
  const trips = createTrips({
    ...{ store, logs, clock, random, note, publicUrl: deps.publicUrl },
    ...{ fixes: history.fixes, keptOf: history.keptOf, daysOf: history.choices.daysOf },
    viewAt: (groupId, atMs) => viewAt({ store, codec, pause }, groupScope(groupId), atMs),
    codes: createTripCodes(keysFrom(deps.authSecret).tripCodes),
  });
  const pushes = createPushes({
    ...{ store, logs, bus, clock, random, onBug },
    ...{ timers: deps.timers, sender: deps.pushSender, isAlone: deps.isAlone },
    processId: newId(random),
    onFailed: (err) => log.warn({ err }, 'a push message was not sent'),
    onDropped: (count) => log.warn({ count }, 'too many push messages wait: some were dropped'),
  });
  const erasures = createErasures({
    forgetHistory: history.forget,
    ...{ store, logs, codec, clock, note },
    files: deps.files,
    pause,
    onEnded: onSignedOut,
  });
  const profiles = createProfiles(logs);
  const accountParts = createAccountParts({
    ...deps,
    postman,
    note,
    onBug,
    profiles,
    onSignedOut,
    groups: {
      async checkInvitation({ siteId }, code) {
        await invitations.check(siteId, code);
      },
      async joinAs(user, code) {
        await groups.join(user, code);
      },
      listOf: groups.listOf,
    },
  });

  const parts = createSiteParts({
    ...deps,
    ...{ people: accountParts.people, logs, groupLog, profiles, erasures, quotas, note, onBug },
  });
  siteParts = parts;
  const takedownDeps = {
    ...{ records: store.files, takedowns: store.takedowns, admit: logs.admit, log: groupLog },
  };

  return {
    ...accountParts,
    ...parts,
    quotas,
    tidySites: parts.tidy,
    erasures,
    eraseOwn: createEraseOwn({ users: store.users, clock, erasures }),
    exportOf: (userId, format) =>
      exportText(
        exportRecords({ store, logs, clock, fixesOf: history.fixesOf }, userId),
        format,
        clock.nowMs(),
      ),
    history,
    pushes,
    trips,
    groups,
    invitations,
    logs,
    pulls,
    live,
    olderMessages: createOlderMessages({ store, logs }),
    sync: createSyncRequests({ logs, pulls, onBug }),
    async authoriseFiles(actor, groupId, row, action) {
      const { state } = await logs.admit(actor, row, groupScope(groupId));
      if (state.kind === 'group' && may(state, actor.userId, action)) return;
      throw new JamzError('forbidden', 'The rules of this group do not let you do this');
    },
    postman,
    trail,
    noteRefusal,
    reports: createReports({
      ...{ reports: store.reports, log: groupLog, clock, random, note },
      onFiled: parts.webhookFeed.reportFiled,
    }),
    takeDown: createTakeDown({ ...takedownDeps, files: deps.files, clock, note }),
    markTaken: createMarkTaken(takedownDeps),
    sweepDemoGroups: createSweepDemoGroups({ store, logs, clock, days: deps.demoGroupDays }),
    async close() {
      await parts.close();
      live.close();
      await housekeeping.close();
      await snapshots.close();
      await postman.close();
      await pushes.close();
      await history.close();
      await trail.settled();
    },
  };
}
