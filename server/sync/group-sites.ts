import { groupOfScope, type Scope } from '../../sdk/protocol/ids.ts';
import type { MembershipStore } from '../ports/store.ts';
import { LruMap } from './lru-map.ts';

const maxCached = 20_000;

/** Which site a group belongs to: it never moves, so it is asked once. */
export interface GroupSites {
  /** Undefined for a person's own scope and for a group that does not exist. */
  siteOf(scope: Scope): Promise<string | undefined>;
  /** What `siteOf` would say, where that is known already. */
  known(scope: Scope): string | undefined;
}

export function createGroupSites(memberships: MembershipStore): GroupSites {
  const sites = new LruMap<Scope, string>(maxCached);
  return {
    async siteOf(scope) {
      const groupId = groupOfScope(scope);
      if (groupId === undefined) return undefined;
      const known = sites.get(scope);
      if (known !== undefined) return known;
      const group = await memberships.group(groupId);
      if (group) sites.set(scope, group.siteId);
      return group?.siteId;
    },
    known: (scope) => sites.get(scope),
  };
}
