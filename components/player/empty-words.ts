import type { Dictionary } from '../shared/words.ts';

/** Said where the playlist is empty. */
export interface EmptyWords {
  readonly title: string;
  readonly text: string;
  readonly addTrack: string;
}

export const emptyWords: Dictionary<EmptyWords> = {
  of: 'player/empty',
  en: {
    title: 'Nothing to play yet',
    text: 'Add the first track, and everybody in the group hears it.',
    addTrack: 'Add a track',
  },
};
