import type { GroupState, Member } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { GroupId, UserId } from '../../sdk/protocol/ids.ts';
import type { Role } from '../../sdk/protocol/payloads.ts';
import type { GroupLog } from '../groups/group-log.ts';
import type { Person } from '../groups/groups.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { ServerDraft } from '../sync/job.ts';
import type { MakeId } from './idempotency.ts';
import type { Page } from './pages.ts';
import type { Quotas } from './quotas.ts';
import { refuseDeleted } from './site-groups.ts';

/** A member as their site's backend sees them. */
export interface SiteMember {
  readonly id: UserId;
  readonly name: string;
  readonly role: Role;
  readonly joinedAtMs: number;
}

/** What a site's backend does with the members of its groups. */
export interface SiteMembers {
  /** In the order of their ids. */
  list(groupId: GroupId, after: UserId | null, limit: number): Promise<Page<SiteMember>>;
  /**
   * Makes a person a member of this role, whatever they were. Asked twice it is done once.
   *
   * @throws {JamzError} `removed` for who is banned, `invalid` where the group would be without an owner
   */
  put(person: Person, groupId: GroupId, role: Role, makeId: MakeId): Promise<SiteMember>;
  /** Quiet for who is no member. @throws {JamzError} `invalid` for the last owner */
  remove(siteId: string, userId: UserId, groupId: GroupId, ban: boolean): Promise<void>;
}

export interface SiteMembersDeps {
  readonly log: GroupLog;
  readonly quotas: Pick<Quotas, 'admit'>;
  readonly note: Note;
}

export function createSiteMembers({ log, quotas, note }: SiteMembersDeps): SiteMembers {
  return {
    async list(groupId, after, limit) {
      const state = await log.stateOf(groupId);
      refuseDeleted(state);
      const members = [...state.members.present.values()].filter(
        ({ memberId }) => after === null || memberId > after,
      );
      const items = members.slice(0, limit).map(siteMember);
      return { items, next: members.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    async put(person, groupId, role, makeId) {
      const { siteId, userId } = person;
      const before = (await log.stateOf(groupId)).members.present.get(userId);
      if (!before) await quotas.admit(siteId, 'members', 1);
      let kind: 'member-added' | 'role-changed' | undefined;
      await log.append(groupId, (state) => {
        const member = state.members.present.get(userId);
        kind = member ? 'role-changed' : 'member-added';
        if (!member) return joining(state, person, role, makeId);
        if (member.role !== role) {
          return [{ type: 'members.role', payload: { memberId: userId, role } }];
        }
        kind = undefined;
        return [];
      });
      if (kind) note(kind, { siteId, actorId: siteId, subjectId: userId });
      const state = await log.stateOf(groupId);
      refuseDeleted(state);
      const member = state.members.present.get(userId);
      if (!member) throw new JamzError('removed', 'This person was removed at the same time');
      return siteMember(member);
    },

    async remove(siteId, memberId, groupId, ban) {
      let isNews = false;
      await log.append(groupId, ({ members }) => {
        const member = members.present.get(memberId);
        const former = members.former.get(memberId);
        isNews = member !== undefined || (ban && former !== undefined && former.how !== 'banned');
        if (!isNews) return [];
        const remove: ServerDraft = {
          type: 'members.remove',
          payload: { memberId, ...(ban && { ban }) },
        };
        // Nobody in the group removes an owner or a moderator but an owner: so they are none first.
        return member === undefined || member.role === 'member'
          ? [remove]
          : [{ type: 'members.role', payload: { memberId, role: 'member' } }, remove];
      });
      if (isNews) note('member-removed', { siteId, actorId: siteId, subjectId: memberId });
    },
  };
}

/** Who was removed comes back by an invitation that is newer than that: the site gives one. */
function joining(
  { members }: GroupState,
  { userId, name }: Person,
  role: Role,
  makeId: MakeId,
): readonly ServerDraft[] {
  const join = { memberId: userId, name, role };
  if (members.former.get(userId)?.how !== 'removed') {
    return [{ type: 'members.join', authorId: userId, payload: join }];
  }
  const code = makeId('invitation', 24);
  return [
    { type: 'invitations.create', payload: { code, uses: 1 } },
    { type: 'members.join', authorId: userId, payload: { ...join, invitation: code } },
  ];
}

function siteMember({ memberId, name, role, joinedAtMs }: Member): SiteMember {
  return { id: memberId, name, role, joinedAtMs };
}
