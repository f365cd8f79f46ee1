import type { UserId } from '../../sdk/protocol/ids.ts';
import type { View } from './view.ts';

/** Somebody who was away from a group and came back: what they are given leaves out what was said meanwhile. */
export interface Audience {
  readonly userId: UserId;
  /** Where this membership began: what lies before is told by a snapshot only. */
  readonly fromSeq: number;
}

/** Whom a snapshot is for, and in which version of the fold they read it. */
export interface Reader extends Partial<Audience> {
  /** Absent: this server's own. */
  readonly fold?: number;
}

/** @returns undefined for who sees what everybody sees: all but a few */
export function audienceOf({ state }: View, userId: UserId): Audience | undefined {
  const member = state.kind === 'group' ? state.members.present.get(userId) : undefined;
  return member?.away && { userId, fromSeq: member.incarnation };
}
