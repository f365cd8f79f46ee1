import type { Op } from '../protocol/ops.ts';

/** What a person did, as a fragment that stands after "could not": "add “Road Song”". */
export function summaryOf(op: Op): string {
  switch (op.type) {
    case 'playlist.add': {
      const [first, ...more] = op.payload.items;
      const title = `“${first?.title ?? ''}”`;
      return more.length === 0 ? `add ${title}` : `add ${title} and ${more.length} more`;
    }
    case 'playlist.remove':
      return 'remove a track';
    case 'playlist.move':
      return 'move a track';
    case 'playlist.amend':
      return 'note the length of a track';
    case 'playback.set':
      return op.payload.playing ? 'play' : 'pause';
    case 'repeat.set':
      return 'change repeat';
    case 'shuffle.set':
      return 'change shuffle';
    case 'messages.send':
    case 'messages.edit':
      return `send “${op.payload.text.slice(0, 40)}”`;
    case 'places.save':
      return `save the place “${op.payload.name}”`;
    case 'places.update':
      return 'change a place';
    case 'places.remove':
      return 'remove a place';
    case 'group.update':
      return 'change the group';
    case 'group.delete':
      return 'delete the group';
    case 'members.leave':
      return 'leave the group';
    case 'members.remove':
      return 'remove a member';
    case 'members.role':
      return 'change a role';
    case 'members.describe':
      return 'change your name here';
    case 'reactions.set':
      return 'rate a track';
    case 'profile.update':
    case 'profile.answer':
      return 'change your profile';
    case 'invitations.revoke':
      return 'revoke an invitation';
    case 'session.start':
    case 'session.join':
    case 'session.leave':
    case 'session.end':
    case 'session.plan':
      return 'change the session';
    default:
      return 'make a change';
  }
}
