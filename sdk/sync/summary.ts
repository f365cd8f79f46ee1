import type { Op } from '../protocol/ops.ts';
import type { OpType } from '../protocol/payloads.ts';

/** What a person did, as a fragment that stands after "could not": "add “Road Song”". */
export function summaryOf(op: Op): string {
  switch (op.type) {
    case 'playlist.add': {
      const [first, ...more] = op.payload.items;
      const title = `“${first?.title ?? ''}”`;
      return more.length === 0 ? `add ${title}` : `add ${title} and ${more.length} more`;
    }
    case 'playback.set':
      return op.payload.playing ? 'play' : 'pause';
    case 'messages.send':
    case 'messages.edit':
      return `send “${op.payload.text.slice(0, 40)}”`;
    case 'places.save':
      return `save the place “${op.payload.name}”`;
    default:
      return plain[op.type] ?? `change the ${op.type.split('.')[0]}`;
  }
}

/** What the name of the op’s kind does not say well. */
const plain: Partial<Record<OpType, string>> = {
  'playlist.remove': 'remove a track',
  'playlist.move': 'move a track',
  'places.remove': 'remove a place',
  'group.delete': 'delete the group',
  'members.leave': 'leave the group',
  'members.remove': 'remove a member',
  'members.role': 'change a role',
  'members.describe': 'change your name here',
  'reactions.set': 'rate a track',
  'invitations.revoke': 'revoke an invitation',
};
