import type { Jamz, Member } from '../../sdk/index.ts';

/** A member's name as this group knows it; undefined for who left long ago. */
export function nameOf(
  members: readonly Member[] | undefined,
  memberId: string | null,
): string | undefined {
  return members?.find((member) => member.memberId === memberId)?.name;
}

/** Whether this is the person who is signed in here. */
export function isMe(jamz: Jamz | undefined, memberId: string | null): boolean {
  return memberId !== null && jamz?.session.user$.value?.id === memberId;
}
