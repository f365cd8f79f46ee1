import type { UserId } from '../protocol/ids.ts';
import type { OpFor } from '../protocol/ops.ts';
import type { NumberRanges } from '../protocol/wire.ts';
import { emptyMap } from './sorted-map.ts';
import type { FormerMember, Member, MembershipEnd, MembersState } from './states.ts';
import type { MergeContext, MergeStrategy } from './strategy.ts';

const maxAbsences = 16;

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
        return end(state, op.authorId, 'left', context);
      case 'members.remove':
        return end(state, op.payload.memberId, op.payload.ban ? 'banned' : 'removed', context);
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
  const away = awayBefore(state.former.get(memberId), at.seq);
  const member: Member = {
    memberId,
    name,
    photoFileId: null,
    role,
    joinedAtMs: at.atMs,
    incarnation: at.seq,
    ...(away && { away }),
  };
  return {
    present: state.present.set(memberId, member, edit),
    former: state.former.delete(memberId, edit),
  };
}

function end(
  state: MembersState,
  memberId: UserId,
  how: MembershipEnd,
  { at, edit }: MergeContext,
): MembersState {
  const member = state.present.get(memberId);
  if (!member) return how === 'banned' ? ban(state, memberId, edit) : state;
  if (isLastOwner(state, memberId)) return state;
  const { name, away } = member;
  return {
    present: state.present.delete(memberId, edit),
    former: state.former.set(memberId, { seq: at.seq, how, name, ...(away && { away }) }, edit),
  };
}

/** @param joinSeq where the new membership begins */
function awayBefore(former: FormerMember | undefined, joinSeq: number): NumberRanges | undefined {
  if (!former || former.seq + 1 >= joinSeq) return former?.away;
  const [first, second, ...rest] = former.away ?? [];
  const now = [former.seq + 1, joinSeq - 1] as const;
  // Who comes and goes for years: the two oldest absences become one, which hides more, never less.
  if (first && second && rest.length > maxAbsences - 3)
    return [[first[0], second[1]], ...rest, now];
  return [...(former.away ?? []), now];
}

/** Who left already can still be kept from coming back. */
function ban(state: MembersState, memberId: UserId, edit: object): MembersState {
  const former = state.former.get(memberId);
  if (!former || former.how === 'banned') return state;
  return { ...state, former: state.former.set(memberId, { ...former, how: 'banned' }, edit) };
}

function withMember(state: MembersState, member: Member, edit: object): MembersState {
  return { ...state, present: state.present.set(member.memberId, member, edit) };
}
