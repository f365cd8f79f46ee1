import type { Member } from '../../sdk/merge/states.ts';
import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { Actor } from './actor.ts';

/** Everybody who may knock, told apart by what they are to the group in question. */
export const callers = [
  'anonymous',
  'outsider',
  'ex-member',
  'member',
  'moderator',
  'owner',
  'other-site',
  'site-admin',
  'operator',
] as const;

export type Caller = (typeof callers)[number];

/** What a row of the access table says of one caller: through the door, or turned away with this code. */
export type Verdict = 'yes' | ErrorCode;

/** Who is in a group and who was; the members of a `GroupState` are one. */
export interface Rolls {
  readonly present: { get(userId: UserId): Pick<Member, 'role'> | undefined };
  readonly former: { get(userId: UserId): object | undefined };
}

/** The group that a request is about: its site, and its state where the log has one. */
export interface GroupInQuestion {
  readonly siteId: string;
  readonly state: { readonly members: Rolls } | undefined;
}

/** Who is knocking. Without a group in question a signed-in person is an outsider. */
export function callerOf(actor: Actor | undefined, group?: GroupInQuestion): Caller {
  if (!actor) return 'anonymous';
  if (actor.operator) return 'operator';
  if (group && group.siteId !== actor.siteId) return 'other-site';
  if (actor.siteAdmin) return 'site-admin';
  const members = group?.state?.members;
  const member = members?.present.get(actor.userId);
  if (member) return member.role;
  return members?.former.get(actor.userId) ? 'ex-member' : 'outsider';
}
