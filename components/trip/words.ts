import type { Dictionary } from '../shared/words.ts';

/** What a replay says. */
export interface TripWords {
  readonly play: string;
  readonly pause: string;
  readonly speed: string;
  readonly times: (speed: number) => string;
  readonly timeline: string;
  readonly timelineValue: (time: string, song: string) => string;
  readonly earlier: string;
  readonly later: string;
  readonly whom: string;
  readonly everybody: string;
  readonly moments: string;
  readonly noMoments: string;
  readonly song: string;
  readonly message: string;
  readonly like: string;
  readonly liked: (name: string, title: string) => string;
  readonly somebody: string;
  readonly noSignal: string;
  readonly unseen: (count: number) => string;
  readonly incomplete: string;
  readonly thinned: (seconds: number) => string;
  readonly nothingTitle: string;
  readonly nothingText: string;
  readonly nobodyTitle: string;
  readonly nobodyText: (count: number) => string;
  readonly expiredTitle: string;
  readonly expiredText: string;
  readonly offline: (time: string) => string;
  readonly share: string;
  readonly questions: (count: number) => string;
}

const en: TripWords = {
  play: 'Play the trip',
  pause: 'Pause',
  speed: 'Speed',
  times: (speed) => `${speed}×`,
  timeline: 'Time of the trip',
  timelineValue: (time, song) => (song ? `${time}, ${song}` : time),
  earlier: 'To the moment before',
  later: 'To the next moment',
  whom: 'Whom to follow',
  everybody: 'Everybody',
  moments: 'On the way',
  noMoments: 'No song and no message on this trip.',
  song: 'Song',
  message: 'Message',
  like: 'Like',
  liked: (name, title) => `${name} liked “${title}”`,
  somebody: 'Somebody',
  noSignal: 'No signal',
  unseen: (count) =>
    count === 1
      ? '1 more was there and is not shown'
      : `${count} more were there and are not shown`,
  incomplete: 'Some of the way was not recorded',
  thinned: (seconds) => `One point every ${seconds} s`,
  nothingTitle: 'Nothing was recorded then',
  nothingText: 'Nobody shared their position in that time, and no music played.',
  nobodyTitle: 'Nobody is shown yet',
  nobodyText: (count) =>
    count === 1
      ? 'One person was there and has not agreed to be shown.'
      : `${count} people were there and have not agreed to be shown.`,
  expiredTitle: 'This trip is no longer shared',
  expiredText: 'Its link has expired or was ended. Ask who sent it for a new one.',
  offline: (time) => `Offline. As loaded at ${time}.`,
  share: 'Share this trip',
  questions: (count) => (count === 1 ? '1 question for you' : `${count} questions for you`),
};

export const tripWords: Dictionary<TripWords> = { of: 'trip/words', en };
