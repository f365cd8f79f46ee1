import type { UserId } from '../protocol/ids.ts';
import type { OpType, Role } from '../protocol/payloads.ts';
import type { GroupState } from './states.ts';

/** What a member may want to do; the same list as `GroupAction` of the public interface. */
export type MemberAction =
  | 'listen'
  | 'control'
  | 'add-tracks'
  | 'remove-tracks'
  | 'move-tracks'
  | 'upload'
  | 'invite'
  | 'remove-members'
  | 'set-roles'
  | 'update-group'
  | 'delete-group'
  | 'send-messages'
  | 'save-places'
  | 'report-position';

/**
 * Who may do what in a group, for the server and for `group.can` alike. It looks at roles and policies only; whether
 * an op fits what is there, and whose message or invitation it touches, is for `refusalOf` to say.
 *
 * Policies: `everyone` any member, `owners` owners, `chosen` owners and moderators. A moderator may besides take
 * tracks down and remove members.
 */
export function may(state: GroupState, userId: UserId, action: MemberAction): boolean {
  const role = state.members.present.get(userId)?.role;
  if (role === undefined || state.info.info.deleted) return false;
  const { add, control } = state.info.info.policies;
  switch (action) {
    case 'listen':
    case 'invite':
    case 'send-messages':
    case 'save-places':
    case 'report-position':
      return true;
    case 'control':
      return (
        control === 'everyone' || isAtLeast(role, control === 'owners' ? 'owner' : 'moderator')
      );
    case 'add-tracks':
    case 'move-tracks':
    case 'upload':
      return add === 'everyone' || role === 'owner';
    case 'remove-tracks':
      return add === 'everyone' || isAtLeast(role, 'moderator');
    case 'remove-members':
      return isAtLeast(role, 'moderator');
    case 'set-roles':
    case 'update-group':
    case 'delete-group':
      return role === 'owner';
  }
}

/**
 * What an op of this type takes: an action of a member, `server` for what only the server writes, `self` for what a
 * person writes into their own scope.
 */
export function actionOf(type: OpType): MemberAction | 'server' | 'self' {
  return actions[type];
}

export function isAtLeast(role: Role, least: Role): boolean {
  return ranks[role] >= ranks[least];
}

const ranks: Readonly<Record<Role, number>> = { member: 0, moderator: 1, owner: 2 };

const actions: { readonly [Type in OpType]: MemberAction | 'server' | 'self' } = {
  'playback.set': 'control',
  'repeat.set': 'control',
  'shuffle.set': 'control',
  'playlist.add': 'add-tracks',
  'playlist.remove': 'remove-tracks',
  'playlist.move': 'move-tracks',
  // Whoever decodes a track first tells its length.
  'playlist.amend': 'listen',
  'group.create': 'server',
  'group.update': 'update-group',
  'group.delete': 'delete-group',
  'members.join': 'server',
  'members.leave': 'listen',
  'members.remove': 'remove-members',
  'members.role': 'set-roles',
  'members.describe': 'listen',
  'invitations.create': 'server',
  'invitations.revoke': 'invite',
  'session.start': 'listen',
  'session.join': 'listen',
  'session.leave': 'listen',
  'session.end': 'control',
  'session.plan': 'control',
  'places.save': 'save-places',
  'places.update': 'save-places',
  'places.remove': 'save-places',
  'messages.send': 'send-messages',
  'messages.edit': 'send-messages',
  'reactions.set': 'listen',
  'log.prune': 'server',
  'profile.update': 'self',
  'profile.answer': 'self',
};
