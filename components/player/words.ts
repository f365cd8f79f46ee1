import type { Dictionary } from '../shared/words.ts';

export interface PlayerWords {
  readonly player: string;
  readonly play: string;
  readonly pause: string;
  readonly playAgain: string;
  readonly next: string;
  readonly previous: string;
  readonly seek: string;
  readonly seekValue: (position: string, duration: string) => string;
  readonly like: (title: string, likes: number) => string;
  readonly shuffle: string;
  readonly repeat: Readonly<Record<'off' | 'one' | 'all', string>>;
  readonly keys: string;
  readonly tapToListen: string;
  readonly audioMissing: string;
  readonly nowPlaying: (title: string, artist: string | undefined) => string;
  readonly byYou: string;
  readonly by: (name: string) => string;
  readonly upNext: string;
  readonly ended: string;
  readonly readOnly: string;
  /** In place of the SDK's own reason, which is English. */
  readonly why?: string;
  readonly readyTitle: string;
  readonly readyText: (count: number) => string;
}

const en: PlayerWords = {
  player: 'Player',
  play: 'Play',
  pause: 'Pause',
  playAgain: 'Play again',
  next: 'Next track',
  previous: 'Previous track',
  seek: 'Position',
  seekValue: (position, duration) => `${position} of ${duration}`,
  like: (title, likes) => (likes === 0 ? `Like ${title}` : `Like ${title}, liked by ${likes}`),
  shuffle: 'Shuffle',
  repeat: { off: 'Repeat: off', all: 'Repeat: all tracks', one: 'Repeat: this track' },
  keys: 'Keyboard shortcuts',
  tapToListen: 'Tap to listen',
  audioMissing: 'This track cannot be played here.',
  nowPlaying: (title, artist) => (artist ? `Playing ${title} by ${artist}` : `Playing ${title}`),
  byYou: 'You are in control',
  by: (name) => `${name} is in control`,
  upNext: 'Next',
  ended: 'The playlist has ended',
  readOnly: 'You listen, others control',
  readyTitle: 'Ready when you are',
  readyText: (count) =>
    count === 1 ? '1 track in the playlist' : `${count} tracks in the playlist`,
};

export const playerWords: Dictionary<PlayerWords> = { of: 'player/words', en };
