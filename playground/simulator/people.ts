const names = ['Ana', 'Bo', 'Cem', 'Dia', 'Eli', 'Fay'];

/** @param userId `user-0`, `user-1` … as the simulator has them; `server` for what it writes itself */
export function nameOf(userId: string): string {
  return names[indexOf(userId)] ?? 'The server';
}

/** Class that gives a person's colour. */
export function colourOf(userId: string): string {
  const index = indexOf(userId);
  return index < 0 ? 'by-server' : `by-${index}`;
}

function indexOf(userId: string): number {
  const number = /^user-(\d+)$/.exec(userId)?.[1];
  return number === undefined ? -1 : Number(number);
}

/** What an op does, as a person would say it. */
export function deedOf(type: string): string {
  return deeds[type] ?? type;
}

const deeds: Readonly<Record<string, string>> = {
  'playback.set': 'plays or pauses',
  'repeat.set': 'sets repeat',
  'shuffle.set': 'sets shuffle',
  'playlist.add': 'adds a song',
  'playlist.remove': 'removes a song',
  'playlist.move': 'moves a song',
  'playlist.amend': 'learns a song’s length',
  'group.create': 'makes the group',
  'group.update': 'changes the group',
  'members.join': 'joins',
  'members.leave': 'leaves',
  'members.remove': 'removes a member',
  'members.role': 'changes a role',
  'members.describe': 'changes their name',
  'session.start': 'starts to listen',
  'session.join': 'listens too',
  'session.leave': 'stops listening',
  'session.end': 'ends the session',
  'session.plan': 'plans a session',
  'places.save': 'saves a place',
  'places.update': 'changes a place',
  'places.remove': 'removes a place',
  'messages.send': 'writes a message',
  'messages.edit': 'edits a message',
  'reactions.set': 'likes a song',
};
