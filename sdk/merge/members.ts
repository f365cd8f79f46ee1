import type { UserId } from '../protocol/ids.ts';
import type { OpFor } from '../protocol/ops.ts';
import { emptyMap } from './sorted-map.ts';
import type { Member, MembersState } from './states.ts';
import type { MergeContext, MergeStrategy } from './strategy.ts';

export type MembersOpType =
  | 'members.join'
  | 'members.leave'
  | 'members.remove'
  | 'members.role'
  | 'members.describe';

/**
 * A union in log order: both sides' additions are kept, removal beats edits, and only a new join brings a member
 * back, as a new incarnation. Roles follow the log, and the last owner keeps his: he cannot leave or step down.
 */
export const members: MergeStrategy<MembersState, MembersOpType> = {
  empty: { present: emptyMap(), former: emptyMap() },

  merge(state, op, context) {
    switch (op.type) {
      case 'members.join':
        return join(state, op, context);
      case 'members.leave':
        return end(state, op.authorId, false, context);
      case 'members.remove':
        return end(state, op.payload.memberId, op.payload.ban ?? false, context);
      case 'members.role': {
        const member = state.present.get(op.payload.memberId);
        const { role } = op.payload;
        if (!member || member.role === role) return state;
        if (isLastOwner(state, member.memberId)) return state;
        return withMember(state, { ...member, role }, context.edit);
      }
      case 'members.describe': {
        const member = state.present.get(op.authorId);
        if (!member) return state;
        const described = { ...member, ...op.payload };
        const { name, photoFileId } = described;
        if (name === member.name && photoFileId === member.photoFileId) return state;
        return withMember(state, described, context.edit);
      }
    }
  },
};

/** Whether the group would be left without an owner if this member were not one. */
export function isLastOwner(state: MembersState, memberId: UserId): boolean {
  if (state.present.get(memberId)?.role !== 'owner') return false;
  for (const member of state.present.values()) {
    if (member.role === 'owner' && member.memberId !== memberId) return false;
  }
  return true;
}

function join(
  state: MembersState,
  { payload: { memberId, name, role } }: OpFor<'members.join'>,
  { at, edit }: MergeContext,
): MembersState {
  if (state.present.has(memberId)) return state;
  const member: Member = {
    memberId,
    name,
    photoFileId: null,
    role,
    joinedAtMs: at.atMs,
    incarnation: at.seq,
  };
  return {
    present: state.present.set(memberId, member, edit),
    former: state.former.delete(memberId, edit),
  };
}

function end(
  state: MembersState,
  memberId: UserId,
  banned: boolean,
  { at, edit }: MergeContext,
): MembersState {
  const member = state.present.get(memberId);
  if (!member) return banned ? ban(state, memberId, edit) : state;
  if (isLastOwner(state, memberId)) return state;
  return {
    present: state.present.delete(memberId, edit),
    former: state.former.set(memberId, { seq: at.seq, banned, name: member.name }, edit),
  };
}

/** Who left already can still be kept from coming back. */
function ban(state: MembersState, memberId: UserId, edit: object): MembersState {
  const former = state.former.get(memberId);
  if (!former || former.banned) return state;
  return { ...state, former: state.former.set(memberId, { ...former, banned: true }, edit) };
}

function withMember(state: MembersState, member: Member, edit: object): MembersState {
  return { ...state, present: state.present.set(member.memberId, member, edit) };
}
