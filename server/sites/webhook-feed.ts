import { groupOfScope, groupScope, type Scope } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { LogHead, ReportRecord, SiteWebhooks, Store, WebhookEvent } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';
import { createGroupSites } from '../sync/group-sites.ts';
import { endOf } from '../sync/log-places.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { createSerial } from '../sync/serial.ts';
import { eventsOf, reportEvent } from './webhook-events.ts';

export interface WebhookFeedDeps {
  readonly store: Pick<Store, 'log' | 'memberships' | 'sites' | 'reports' | 'webhookOutbox'>;
  readonly logs: Pick<ScopeLogs, 'onCommitted' | 'viewOf'>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told that something new waits. */
  readonly onAdded: () => void;
  readonly onBug: (error: unknown) => void;
}

/**
 * Notices in the logs what sites want to be told. It reads behind the writers, from where it stopped, so it delays
 * nobody, and what a process died over is found by the next {@link WebhookFeed.sweep}.
 */
export interface WebhookFeed {
  /** Looks at all that belongs to sites with webhooks. */
  sweep(): Promise<void>;
  /** A site listens that did not, or listens to something else: known here at once, elsewhere in seconds. */
  settingsChanged(): void;
  reportFiled(report: ReportRecord): void;
  /** Something that stands in no log. */
  note(event: WebhookEvent): void;
  /** Resolves when all that was committed before has been looked at. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What is committed within so long is looked at together. */
const gatherMs = 250;
const rememberedMs = 2_000;
const refreshEveryMs = 5_000;
const pageLength = 200;
const dayMs = 86_400_000;

export function createWebhookFeed(deps: WebhookFeedDeps): WebhookFeed {
  const { store, logs, clock, timers, onBug } = deps;
  const { log, webhookOutbox: outbox } = store;
  const groups = createGroupSites(store.memberships);
  const serial = createSerial();
  const due = new Set<Scope>();
  let listening: ReadonlyMap<string, SiteWebhooks> = new Map();
  let readAtMs = Number.NEGATIVE_INFINITY;
  let isPlanned = false;
  let closed = false;

  async function listeners(): Promise<ReadonlyMap<string, SiteWebhooks>> {
    if (clock.nowMs() - readAtMs < rememberedMs) return listening;
    const sites = await store.sites.list();
    const before = listening;
    listening = new Map(
      sites.flatMap(({ siteId, webhooks }) => (webhooks?.url ? [[siteId, webhooks]] : [])),
    );
    readAtMs = clock.nowMs();
    for (const [siteId, webhooks] of listening) {
      // What was committed since it listens may have been passed over here.
      if (before.get(siteId)?.sinceMs === webhooks.sinceMs) continue;
      serial(() => sweepSite(siteId, webhooks)).catch(onBug);
    }
    return listening;
  }

  const wanted = (events: readonly WebhookEvent[], { types, sinceMs }: SiteWebhooks) =>
    events.filter(({ type, atMs }) => types.includes(type) && atMs >= sinceMs);

  async function add(events: readonly WebhookEvent[], webhooks: SiteWebhooks): Promise<void> {
    const fresh = wanted(events, webhooks);
    if (fresh.length === 0) return;
    await outbox.add(fresh);
    deps.onAdded();
  }

  /** Reads a log on from where it was looked at last. */
  async function look(scope: Scope): Promise<void> {
    const siteId = await groups.siteOf(scope);
    const webhooks = siteId === undefined ? undefined : (await listeners()).get(siteId);
    if (siteId === undefined || !webhooks) return;
    const head = await log.head(scope);
    if (!head) return;
    let from = await beginning(scope, head, webhooks);
    while (from < head.seq && !closed) {
      const commits = await log.read(scope, from, pageLength);
      const last = commits.at(-1);
      if (!last) return;
      const { state } = await logs.viewOf(scope);
      if (state.kind !== 'group') return;
      await add(
        commits.flatMap((commit) => eventsOf(siteId, scope, commit, state)),
        webhooks,
      );
      from = endOf(last);
      await outbox.noteSeen(scope, last.generation, from);
    }
  }

  async function beginning(
    scope: Scope,
    head: LogHead,
    { sinceMs }: SiteWebhooks,
  ): Promise<number> {
    const seen = await outbox.seenTo(scope);
    // Nobody wants to hear of what is older.
    if (!seen) return head.atMs < sinceMs ? head.seq : head.firstSeq - 1;
    if (seen.generation === head.generation) return Math.max(seen.seq, head.firstSeq - 1);
    const later = (await log.generations(scope)).filter(
      ({ generation }) => generation > seen.generation,
    );
    return Math.min(seen.seq, ...later.map(({ forkedAtSeq }) => forkedAtSeq));
  }

  async function lookAtDue(): Promise<void> {
    const scopes = [...due];
    due.clear();
    for (const scope of scopes) {
      if (closed) return;
      await look(scope).catch(onBug);
    }
  }

  function plan(): void {
    if (isPlanned || closed) return;
    isPlanned = true;
    timers.after(gatherMs, () => {
      isPlanned = false;
      serial(lookAtDue).catch(onBug);
    });
  }

  const unsubscribe = logs.onCommitted((scope) => {
    if (groupOfScope(scope) === undefined) return;
    due.add(scope);
    plan();
  });

  const endRefreshing = timers.every(refreshEveryMs, () => {
    serial(async () => void (await listeners())).catch(onBug);
  });

  async function addOne(event: WebhookEvent): Promise<void> {
    const webhooks = (await listeners()).get(event.siteId);
    if (webhooks) await add([event], webhooks);
  }

  async function sweepSite(siteId: string, webhooks: SiteWebhooks): Promise<void> {
    const reports = await store.reports.ofSite(siteId, Number.MAX_SAFE_INTEGER, pageLength);
    const recent = reports.filter(({ atMs }) => atMs > clock.nowMs() - dayMs);
    await add(recent.map(reportEvent), webhooks);
    for (let after: string | null = null; !closed; ) {
      const page = await store.memberships.ofSite(siteId, after, pageLength);
      for (const { groupId } of page) if (!closed) await look(groupScope(groupId)).catch(onBug);
      after = page.at(-1)?.groupId ?? null;
      if (page.length < pageLength) return;
    }
  }

  return {
    sweep: () =>
      serial(async () => {
        for (const [siteId, webhooks] of await listeners()) await sweepSite(siteId, webhooks);
      }),
    settingsChanged() {
      readAtMs = Number.NEGATIVE_INFINITY;
      serial(async () => void (await listeners())).catch(onBug);
    },
    reportFiled(report) {
      serial(() => addOne(reportEvent(report))).catch(onBug);
    },
    note(event) {
      serial(() => addOne(event)).catch(onBug);
    },
    settled: () => serial(lookAtDue),
    close() {
      closed = true;
      endRefreshing();
      unsubscribe();
      return serial(async () => {});
    },
  };
}
