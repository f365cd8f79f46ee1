import { groupScope, type Scope } from '../../sdk/protocol/ids.ts';
import { demoSiteKey } from '../accounts/sites.ts';
import type { Clock } from '../ports/clock.ts';
import type { GroupRecord, LogStore, MembershipStore, SiteStore } from '../ports/store.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';

/**
 * Deletes the groups of the demo site where nothing has happened for long: visitors leave them behind. By an op of the
 * log, so that devices hear of it as of any deletion. Any number of processes may sweep at once: the log takes the op
 * of one.
 *
 * @returns how many this one deleted
 */
export type SweepDemoGroups = () => Promise<number>;

export interface SweepDeps {
  readonly store: {
    readonly log: Pick<LogStore, 'head'>;
    readonly memberships: Pick<MembershipStore, 'ofSite'>;
    readonly sites: SiteStore;
  };
  readonly logs: Pick<ScopeLogs, 'viewOf' | 'appendServerOps'>;
  readonly clock: Clock;
  /** How long a group may lie still; 0: for ever. */
  readonly days: number;
}

const dayMs = 86_400_000;
const pageLength = 200;

export function createSweepDemoGroups({ store, logs, clock, days }: SweepDeps): SweepDemoGroups {
  const isStill = async (scope: Scope): Promise<boolean> => {
    const head = await store.log.head(scope);
    return head !== undefined && head.atMs < clock.nowMs() - days * dayMs;
  };

  async function deleteStill({ groupId }: GroupRecord): Promise<boolean> {
    const scope = groupScope(groupId);
    if (!(await isStill(scope))) return false;
    const seen = (await logs.viewOf(scope)).state;
    let deleted = false;
    await logs.appendServerOps(scope, (state) => {
      // Another state: somebody came back at the last moment, or another process was first.
      deleted = state === seen && state.kind === 'group' && !state.info.info.deleted;
      return deleted ? [{ type: 'group.delete', payload: {} }] : [];
    });
    return deleted;
  }

  return async () => {
    const site = days > 0 ? await store.sites.byKey(demoSiteKey) : undefined;
    if (!site) return 0;
    let swept = 0;
    let after: string | null = null;
    for (;;) {
      const page: readonly GroupRecord[] = await store.memberships.ofSite(
        site.siteId,
        after,
        pageLength,
      );
      for (const group of page) if (await deleteStill(group)) swept += 1;
      after = page.at(-1)?.groupId ?? null;
      if (page.length < pageLength) return swept;
    }
  };
}
