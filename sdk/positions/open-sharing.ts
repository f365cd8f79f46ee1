import type { Http } from '../auth/http.ts';
import type { ScopeState } from '../merge/states.ts';
import { type GroupId, groupScope, type Scope, type UserId } from '../protocol/ids.ts';
import type { LiveReport } from '../protocol/wire.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Live } from '../streams/live.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import type { SyncStatus } from '../sync/status.ts';
import { keptDecision } from './decision.ts';
import { deviceIdOf } from './device-id.ts';
import { privatePlacesOf } from './private-places.ts';
import { channelSharingTabs, type SharingTabs } from './sharing-tabs.ts';
import { TabSharing } from './tab-sharing.ts';
import { beginTelling } from './telling.ts';

/** What sharing needs of its replica. */
export interface SharingSource {
  readonly hub: {
    readonly userId: UserId | undefined;
    serverNow(): number;
    report(report: LiveReport): void;
    ended(scope: Scope): unknown;
    state(scope: Scope): ScopeState | undefined;
  };
  readonly jamz: {
    readonly status$: Live<SyncStatus>;
    readonly session: { readonly restored: Promise<unknown> };
  };
  readonly storage: {
    readonly caches: KeyValue;
    readonly preferences: KeyValue;
    /** Names what tabs of this person share; null where no other tab can see it. */
    tabsName(userId: UserId): string | null;
  };
  readonly http: Http;
  readonly scheduler: Pick<Scheduler, 'after' | 'random' | 'nowMs'>;
  readonly newId: () => string;
}

/**
 * Sharing of one person's device in one group, as all tabs of this browser have it, with what is kept for the time
 * without a network.
 *
 * @param openTabs the other tabs, by the name of what they share; default: over a channel of the browser's
 * @returns undefined where nobody is signed in, or the group is over
 */
export async function openSharing(
  source: SharingSource,
  groupId: GroupId,
  openTabs: (name: string | null) => SharingTabs = channelSharingTabs,
): Promise<TabSharing | undefined> {
  const { hub, jamz, storage, scheduler, newId } = source;
  const scope = groupScope(groupId);
  await jamz.session.restored.catch(() => {});
  const { userId } = hub;
  if (userId === undefined) return undefined;
  const { caches: sealed, preferences: marks } = storage;
  const deviceId = await deviceIdOf(marks, newId);
  const places = privatePlacesOf({ sealed, marks, userId, random: scheduler.random });
  await places.ready;
  /** Somebody else is signed in, or there is no such group any more. */
  const isOther = (): boolean => hub.userId !== userId || hub.ended(scope) !== undefined;
  const name = storage.tabsName(userId);
  const sharing = await TabSharing.open({
    kept: keptDecision(marks, userId, groupId),
    tabs: openTabs(name === null ? null : `${name}:sharing:${groupId}`),
    serverNowMs: () => hub.serverNow(),
    nowMs: scheduler.nowMs,
    leads: () => jamz.status$.value.leader,
    isOther,
    places,
    tell: (guard) => beginTelling({ source, groupId, userId, deviceId, places, isOther }, guard),
  });
  if (sharing.state$.closed) return undefined;
  const watching = jamz.status$.subscribe(() => sharing.look());
  sharing.state$.subscribe({ complete: () => watching.unsubscribe() });
  return sharing;
}
