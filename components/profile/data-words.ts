import type { Dictionary } from '../shared/words.ts';

/** What is said of taking one’s data along, and of deleting the account. */
export interface DataWords {
  readonly takeAlong: string;
  readonly takeAlongText: string;
  readonly asJson: string;
  readonly asCsv: string;
  readonly deleteTitle: string;
  readonly deleteText: string;
  readonly deleteAsk: string;
  readonly deleteFiles: string;
  readonly deletePassword: string;
  readonly deleteYes: string;
  readonly wrongPassword: string;
  readonly passwordMissing: string;
  readonly show: string;
  readonly hide: string;
  readonly busy: string;
  readonly cancel: string;
}

const en: DataWords = {
  takeAlong: 'Take your data along',
  takeAlongText: 'All that is kept of you: what you gave, said, chose and uploaded.',
  asJson: 'Save as JSON',
  asCsv: 'Save as CSV',
  deleteTitle: 'Delete the account',
  deleteText: 'Your name, photo, messages and positions go from every group, for good.',
  deleteAsk: 'This cannot be undone. What you added to playlists stays, without your name.',
  deleteFiles: 'Delete the tracks that I uploaded, too',
  deletePassword: 'Your password',
  deleteYes: 'Delete for good',
  wrongPassword: 'The password is not right.',
  passwordMissing: 'Type your password.',
  show: 'Show the password',
  hide: 'Hide the password',
  busy: 'One moment',
  cancel: 'Cancel',
};

export const dataWords: Dictionary<DataWords> = { of: 'profile/data', en };
