import type { Logger } from 'pino';
import { may } from '../sdk/merge/permissions.ts';
import { JamzError } from '../sdk/protocol/errors.ts';
import { groupScope, newId, type UserId } from '../sdk/protocol/ids.ts';
import { type AccountParts, createAccountParts } from './accounts/account-parts.ts';
import { createEraseOwn, type EraseOwn } from './accounts/erase-own.ts';
import { createErasures, type Erasures } from './accounts/erasures.ts';
import { type ExportFormat, exportText } from './accounts/export-record.ts';
import { exportRecords } from './accounts/export-records.ts';
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
import type { Mailer } from './ports/mail.ts';
import type { Store } from './ports/store.ts';
import type { TimeSeries } from './ports/time-series.ts';
import type { Timers } from './ports/timers.ts';
import { type AuditTrail, createAuditTrail } from './safety/audit-trail.ts';
import { createSweepDemoGroups, type SweepDemoGroups } from './safety/demo-groups.ts';
import { createReports, type Reports } from './safety/reports.ts';
import { createTakeDown, type TakeDown } from './safety/takedowns.ts';
import { createHousekeeping } from './sync/housekeeping.ts';
import { createLive, type Live } from './sync/live.ts';
import { createOlderMessages, type OlderMessages } from './sync/older-messages.ts';
import { createPulls, type Pulls } from './sync/pull.ts';
import { createScopeLogs, type ScopeLogs } from './sync/scope-logs.ts';
import { createSnapshots } from './sync/snapshots.ts';
import { createSyncRequests } from './sync/sync-requests.ts';

/** The use cases, put together over ports; nothing here knows HTTP, sockets or a vendor. */
export interface Core extends AccountParts {
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
  readonly trail: AuditTrail;
  readonly reports: Reports;
  readonly takeDown: TakeDown;
  readonly sweepDemoGroups: SweepDemoGroups;
  readonly erasures: Erasures;
  readonly eraseOwn: EraseOwn;
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
  /** How many days the audit log goes back; 0: for ever. */
  readonly auditDays: number;
  /** Groups of the demo site lie still for so many days at most; 0: for ever. */
  readonly demoGroupDays: number;
  readonly files: Files;
  readonly series: TimeSeries;
  /** How many days it is kept where members were; 0: not at all. */
  readonly historyDays: number;
  readonly publicUrl: () => string;
  readonly ownOrigins: () => readonly string[];
  /** Fills a group of the demo site that has just been made. */
  readonly seedDemoGroup: SeedDemoGroup;
}

export function createCore(deps: CoreDeps): Core {
  const { store, bus, clock, codec, log, random } = deps;
  const onBug = (err: unknown): void => log.error({ err }, 'a use case failed');
  const ownLogs = createScopeLogs({ store, bus, clock, codec, onBug });
  const logs = deps.watch?.(ownLogs) ?? ownLogs;
  const snapshots = createSnapshots({ store, logs, codec, clock, onBug });
  const pulls = createPulls({ store, logs, snapshots, clock });
  const live = createLive({ logs, bus, clock, schedule: deps.timers.afterTurn });
  const { afterTurn } = deps.timers;
  const housekeeping = createHousekeeping({ store, logs, codec, clock, afterTurn, onBug });

  const trail = createAuditTrail({ audit: store.audit, clock, days: deps.auditDays, onBug });
  const { note } = trail;
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
  const erasures = createErasures({
    forgetHistory: history.forget,
    ...{ store, logs, codec, clock, note },
    files: deps.files,
    pause: () => new Promise((resolve) => afterTurn(resolve)),
    onEnded: onSignedOut,
  });
  const accountParts = createAccountParts({
    ...deps,
    postman,
    note,
    onBug,
    profiles: createProfiles(logs),
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

  return {
    ...accountParts,
    erasures,
    eraseOwn: createEraseOwn({ users: store.users, clock, erasures }),
    exportOf: (userId, format) =>
      exportText(
        exportRecords({ store, logs, clock, fixesOf: history.fixesOf }, userId),
        format,
        clock.nowMs(),
      ),
    history,
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
      throw new JamzError('forbidden', 'The rules of this group do not let you add music');
    },
    postman,
    trail,
    reports: createReports({ reports: store.reports, log: groupLog, clock, random, note }),
    takeDown: createTakeDown({
      records: store.files,
      takedowns: store.takedowns,
      files: deps.files,
      admit: logs.admit,
      clock,
      note,
    }),
    sweepDemoGroups: createSweepDemoGroups({ store, logs, clock, days: deps.demoGroupDays }),
    async close() {
      live.close();
      await housekeeping.close();
      await snapshots.close();
      await postman.close();
      await history.close();
      await trail.settled();
    },
  };
}
