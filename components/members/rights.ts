import type { GroupAction, Member, Role } from '../../sdk/index.ts';
import type { MemberRights } from './member-views.ts';

const rank: Readonly<Record<Role, number>> = { owner: 0, moderator: 1, member: 2 };

/** Me first, then by role, then by name. */
export function inOrder(members: readonly Member[], meId: string | undefined): readonly Member[] {
  return members.toSorted(
    (a, b) =>
      Number(b.memberId === meId) - Number(a.memberId === meId) ||
      rank[a.role] - rank[b.role] ||
      a.name.localeCompare(b.name),
  );
}

/**
 * What the controls for one member offer. The server decides; this only leaves out what it would refuse:
 * a moderator removes members only, and the last owner neither leaves nor steps down.
 */
export function rightsOver(
  member: Member,
  me: Member | null,
  members: readonly Member[],
  can: (action: GroupAction) => boolean,
): MemberRights {
  const isMe = member.memberId === me?.memberId;
  const owners = members.filter(({ role }) => role === 'owner').length;
  const lastOwner = member.role === 'owner' && owners === 1;
  const below = me !== null && (me.role === 'owner' || rank[me.role] < rank[member.role]);
  return {
    role: can('set-roles') && !lastOwner,
    report: !isMe,
    remove: !isMe && below && can('remove-members'),
    rename: isMe,
    leave: isMe && !(lastOwner && members.length > 0),
  };
}
