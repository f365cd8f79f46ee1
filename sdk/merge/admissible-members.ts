import type { Op, OpFor } from '../protocol/ops.ts';
import type { Refusal } from './admissible.ts';
import { isOpen } from './invitations.ts';
import { isLastOwner } from './members.ts';
import { isAtLeast } from './permissions.ts';
import type { GroupState } from './states.ts';

/** The part of `refusalOf` that is about people: joining, leaving, roles, invitations, the group itself. */
export function memberRefusal(state: GroupState, op: Op, atMs: number): Refusal | undefined {
  const { present } = state.members;
  switch (op.type) {
    case 'group.create':
      if (state.info.info.createdAtMs === 0) return undefined;
      return { code: 'invalid', message: 'This group exists already.' };
    case 'members.join':
      return joinRefusal(state, op, atMs);
    case 'members.leave':
      if (!present.has(op.authorId)) return unknownMember;
      return isLastOwner(state.members, op.authorId) ? lastOwner : undefined;
    case 'members.remove':
      return removeRefusal(state, op);
    case 'members.role':
      if (!present.has(op.payload.memberId)) return unknownMember;
      if (op.payload.role === 'owner') return undefined;
      return isLastOwner(state.members, op.payload.memberId) ? lastOwner : undefined;
    case 'members.describe':
      return present.has(op.authorId) ? undefined : unknownMember;
    case 'invitations.create':
      if (!state.invitations.has(op.payload.code)) return undefined;
      return { code: 'invalid', message: 'An invitation of this code exists: make a new code.' };
    case 'invitations.revoke': {
      const invitation = state.invitations.get(op.payload.code);
      if (!invitation) return unknownCode;
      const role = present.get(op.authorId)?.role ?? 'member';
      if (invitation.createdBy === op.authorId || isAtLeast(role, 'moderator')) return undefined;
      return {
        code: 'forbidden',
        message: 'Only its maker, an owner or a moderator can revoke an invitation.',
      };
    }
    default:
      return undefined;
  }
}

function joinRefusal(
  { members, invitations }: GroupState,
  { payload: { memberId, invitation: code } }: OpFor<'members.join'>,
  atMs: number,
): Refusal | undefined {
  const former = members.former.get(memberId);
  if (members.present.has(memberId)) {
    return { code: 'invalid', message: 'This person is a member already.' };
  }
  if (former?.how === 'banned') return banned;
  if (code === undefined) return former?.how === 'removed' ? removed : undefined;
  const invitation = invitations.get(code);
  if (!invitation) return unknownCode;
  if (former?.how === 'removed' && invitation.seq < former.seq) return removed;
  if (isOpen(invitation, atMs)) return undefined;
  return {
    code: 'gone',
    message: 'This invitation was revoked, has expired or is used up: ask for a new one.',
  };
}

function removeRefusal(
  { members }: GroupState,
  { payload: { memberId, ban }, authorId }: OpFor<'members.remove'>,
): Refusal | undefined {
  const member = members.present.get(memberId);
  if (!member) return ban && members.former.has(memberId) ? undefined : unknownMember;
  if (isLastOwner(members, memberId)) return lastOwner;
  const author = members.present.get(authorId);
  if (member.role === 'member' || author?.role === 'owner') return undefined;
  return { code: 'forbidden', message: 'Only an owner can remove an owner or a moderator.' };
}

const banned: Refusal = { code: 'removed', message: 'You were banned from this group.' };

const removed: Refusal = {
  code: 'removed',
  message: 'You were removed from this group: ask for a new invitation.',
};

const unknownMember: Refusal = {
  code: 'not-found',
  message: 'This person is not a member of the group.',
};

const unknownCode: Refusal = {
  code: 'not-found',
  message: 'This invitation is unknown: check the code.',
};

const lastOwner: Refusal = {
  code: 'invalid',
  message: 'A group needs an owner: make somebody else owner first.',
};
