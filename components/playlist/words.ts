import type { Dictionary } from '../shared/words.ts';

export interface PlaylistWords {
  readonly playlist: string;
  readonly count: (tracks: number) => string;
  readonly like: (title: string, likes: number) => string;
  readonly remove: (title: string) => string;
  readonly move: (title: string) => string;
  readonly edit: string;
  readonly done: string;
  readonly add: string;
  readonly addAddress: string;
  readonly address: string;
  readonly addressHint: string;
  readonly addressWrong: string;
  readonly title: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly removedOne: (title: string) => string;
  readonly removedMany: (count: number) => string;
  readonly putBack: string;
  readonly moved: (title: string, place: number, count: number) => string;
  readonly added: (title: string) => string;
  readonly you: string;
  /** In place of a track's artist. */
  readonly held: string;
  /** In place of a track's artist. */
  readonly takenDown: string;
  readonly rowHelp: string;
}

const en: PlaylistWords = {
  playlist: 'Playlist',
  count: (tracks) => (tracks === 1 ? '1 track' : `${tracks.toLocaleString('en')} tracks`),
  like: (title, likes) => (likes === 0 ? `Like ${title}` : `Like ${title}, liked by ${likes}`),
  remove: (title) => `Remove ${title}`,
  move: (title) => `Move ${title}`,
  edit: 'Edit',
  done: 'Done',
  add: 'Add',
  addAddress: 'Add a track by its address',
  address: 'Address of an audio file',
  addressHint: 'https://',
  addressWrong: 'Enter an address that starts with https:// or http://.',
  title: 'Title (optional)',
  emptyTitle: 'No tracks yet',
  emptyText: 'Tracks that anybody in the group adds appear here.',
  removedOne: (title) => `Removed “${title}”`,
  removedMany: (count) => `Removed ${count} tracks`,
  putBack: 'Put back',
  moved: (title, place, count) => `${title}: place ${place} of ${count}`,
  added: (title) => `Added ${title}`,
  you: 'you',
  held: 'Only here until uploaded',
  takenDown: 'Taken down',
  rowHelp: 'Arrow keys go through the tracks, Alt with arrow keys moves one, Delete removes it.',
};

export const playlistWords: Dictionary<PlaylistWords> = { of: 'playlist/words', en };
