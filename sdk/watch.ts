import { fetchLateParts } from './late-parts.ts';
import type { ScopeState } from './merge/states.ts';
import { pageEnds } from './metrics/page-ends.ts';
import { type ReporterDeps, reportFigures, type Source } from './metrics/report-figures.ts';
import type { Notice } from './notices/notice.ts';
import { noticeTabs } from './notices/notice-tabs.ts';
import { Notices, type NoticesDeps } from './notices/open-notices.ts';
import type { UserId } from './protocol/ids.ts';
import type { Commit, Cursor } from './protocol/wire.ts';
import type { LiveValue } from './sync/live-value.ts';
import type { PendingOp } from './sync/pending-op.ts';
import type { ScopeReplica } from './sync/scope-replica.ts';

export interface WatchDeps extends Omit<NoticesDeps, 'tabsOf'> {
  /** Undefined where the host wants nothing sent home. */
  readonly reporting: Omit<ReporterDeps, 'source' | 'onHide'> | undefined;
  /** Names what tabs of one person share; null where no other tab can see it. */
  readonly tabsName: (userId: UserId) => string | null;
}

/** What is told of a scope's confirmed state, as it was when that was told. */
export interface Watch {
  took(
    scope: ScopeReplica,
    commits: readonly Commit[] | null,
    own: readonly PendingOp[],
    state: ScopeState,
    cursor: Cursor | null,
  ): void;
  close(): void;
}

/** Notices and figures: both look at what sync does, and are of no use to the first screen. What else comes late follows. */
export function openWatch(deps: WatchDeps, notices$: LiveValue<readonly Notice[]>): Watch {
  const tabsOf = (userId: UserId): ReturnType<typeof noticeTabs> =>
    noticeTabs(deps.tabsName(userId));
  const notices = new Notices({ ...deps, tabsOf }, notices$);
  const stopReporting =
    deps.reporting &&
    reportFigures({ ...deps.reporting, source: () => leading(deps), onHide: pageEnds });
  void fetchLateParts();
  return {
    took({ scope }, commits, own, state, cursor) {
      const [generation, seq] = cursor ?? [1, 0];
      notices.took({
        scope,
        commits,
        own: own.map(({ op }) => op),
        state,
        end: { generation, seq },
      });
    },
    close() {
      notices.close();
      stopReporting?.();
    },
  };
}

/** Only the tab that leads talks to the server, and so counts. */
function leading({ hub }: WatchDeps): Source | undefined {
  const { engine } = hub;
  if (!engine?.status$.value.leader) return undefined;
  return { counters: engine.counters, outboxLength: engine.replica.pendingCount };
}
