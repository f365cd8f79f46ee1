import type { ProfileField } from '../../sdk/index.ts';
import type { Dictionary } from '../shared/words.ts';

/** What the conflict dialog says. */
export interface ConflictWords {
  readonly badge: (count: number) => string;
  readonly title: string;
  readonly intro: string;
  readonly yours: string;
  readonly theirs: string;
  readonly thisDevice: string;
  readonly otherDevice: string;
  readonly field: Readonly<Record<ProfileField, string>>;
  readonly photo: string;
  readonly noPhoto: string;
  readonly on: string;
  readonly off: string;
  readonly noName: string;
  readonly result: string;
  readonly editName: string;
  readonly allYours: string;
  readonly allTheirs: string;
  readonly applyToAll: string;
  readonly keepMine: string;
  readonly keepTheirs: string;
  readonly combine: string;
  readonly later: string;
  readonly kept: string;
  readonly someElsewhere: string;
  readonly elsewhereTitle: string;
  readonly elsewhereText: string;
  readonly goneTitle: string;
  readonly goneText: string;
}

const en: ConflictWords = {
  badge: (count) => (count === 1 ? '1 question for you' : `${count} questions for you`),
  title: 'Which one stays?',
  intro: 'You changed your profile in two places at about the same time.',
  yours: 'Yours',
  theirs: 'Theirs',
  thisDevice: 'This device',
  otherDevice: 'Another device',
  field: { name: 'Name', photoFileId: 'Photo', aiOptIn: 'Assistant' },
  photo: 'A photo',
  noPhoto: 'No photo',
  on: 'On',
  off: 'Off',
  noName: 'No name',
  result: 'Result',
  editName: 'Name that stays',
  allYours: 'Yours',
  allTheirs: 'Theirs',
  applyToAll: 'Apply to all',
  keepMine: 'Keep mine',
  keepTheirs: 'Keep theirs',
  combine: 'Keep the result',
  later: 'Decide later',
  kept: 'Your choice is kept.',
  someElsewhere: 'A part of this was answered on another device.',
  elsewhereTitle: 'Answered on another device',
  elsewhereText: 'There is nothing left to decide here.',
  goneTitle: 'This question is gone',
  goneText: 'You are signed out, or the profile was deleted.',
};

export const conflictWords: Dictionary<ConflictWords> = { of: 'conflict-dialog/words', en };
