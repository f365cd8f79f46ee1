import type { GroupState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { GroupId } from '../../sdk/protocol/ids.ts';
import type { GroupPolicies } from '../../sdk/protocol/payloads.ts';
import type { GroupLog } from '../groups/group-log.ts';
import type { Person } from '../groups/groups.ts';
import type { MembershipStore } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { Page } from './pages.ts';
import type { Quotas } from './quotas.ts';

/** A group as its site's backend sees it. */
export interface SiteGroup {
  readonly id: GroupId;
  readonly name: string;
  readonly memberCount: number;
  readonly policies: GroupPolicies;
  /** The page path that it stands for, on an open site; null for none. */
  readonly place: string | null;
}

export interface GroupEdits {
  readonly name?: string;
  readonly policies?: Partial<GroupPolicies>;
}

/** What a site's backend does with its groups. Whose they are has been checked. */
export interface SiteGroups {
  list(siteId: string, after: GroupId | null, limit: number): Promise<Page<SiteGroup>>;
  get(groupId: GroupId): Promise<SiteGroup>;
  /**
   * Makes a group with its owner. Made again under the same id it is the same.
   *
   * @throws {JamzError} `quota-exceeded`
   */
  create(
    owner: Person,
    group: {
      readonly groupId: GroupId;
      readonly name: string;
      readonly policies?: Partial<GroupPolicies>;
    },
  ): Promise<SiteGroup>;
  change(siteId: string, groupId: GroupId, edits: GroupEdits): Promise<SiteGroup>;
  /** Once deleted it stays so; asked again, nothing happens. */
  remove(siteId: string, groupId: GroupId): Promise<void>;
}

export interface SiteGroupsDeps {
  readonly memberships: MembershipStore;
  readonly log: GroupLog;
  readonly quotas: Pick<Quotas, 'admit'>;
  readonly note: Note;
}

const defaultPolicies: GroupPolicies = { join: 'invited', add: 'everyone', control: 'everyone' };

export function createSiteGroups({ memberships, log, quotas, note }: SiteGroupsDeps): SiteGroups {
  async function get(groupId: GroupId): Promise<SiteGroup> {
    const [record, state] = await Promise.all([memberships.group(groupId), log.stateOf(groupId)]);
    if (!record) throw new JamzError('not-found', 'There is no such group on this site');
    refuseDeleted(state);
    const { name, policies } = state.info.info;
    const memberCount = state.members.present.size;
    return { id: groupId, name, memberCount, policies, place: record.place };
  }

  return {
    get,

    async list(siteId, after, limit) {
      const records = await memberships.ofSite(siteId, after, limit + 1);
      const items = records.slice(0, limit).map(({ groupId: id, name, memberCount, ...group }) => {
        return { id, name, memberCount, policies: group.policies, place: group.place };
      });
      return { items, next: records.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    async create(owner, { groupId, name, policies: wanted }) {
      const { siteId } = owner;
      const policies = { ...defaultPolicies, ...wanted };
      if (!(await memberships.group(groupId))) {
        await quotas.admit(siteId, 'groups', 1);
        await quotas.admit(siteId, 'members', 1);
        await memberships.createGroup({
          ...{ groupId, siteId, name, memberCount: 0, policies, deleted: false, place: null },
        });
      }
      // Also where a process died in between.
      await log.append(groupId, ({ info }) => {
        if (info.info.createdAtMs !== 0) return [];
        const { userId: memberId } = owner;
        return [
          { type: 'group.create', payload: { name, policies } },
          {
            type: 'members.join',
            authorId: memberId,
            payload: { memberId, name: owner.name, role: 'owner' },
          },
        ];
      });
      note('group-created', { siteId, actorId: siteId, subjectId: groupId });
      return get(groupId);
    },

    async change(siteId, groupId, edits) {
      await log.append(groupId, () => [{ type: 'group.update', payload: edits }]);
      note('group-changed', { siteId, actorId: siteId, subjectId: groupId });
      return get(groupId);
    },

    async remove(siteId, groupId) {
      let isNews = false;
      await log.append(groupId, ({ info }) => {
        isNews = !info.info.deleted;
        return isNews ? [{ type: 'group.delete', payload: {} }] : [];
      });
      if (isNews) note('group-deleted', { siteId, actorId: siteId, subjectId: groupId });
    },
  };
}

/** @throws {JamzError} `gone` */
export function refuseDeleted({ info }: GroupState): void {
  if (info.info.deleted) throw new JamzError('gone', 'This group was deleted');
}
