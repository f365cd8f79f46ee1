import type { Dictionary } from '../shared/words.ts';

/** What is said of where the person was. */
export interface HistoryWords {
  readonly seenBy: string;
  readonly seenByMe: string;
  readonly seenByGroup: string;
  readonly seenByMeText: string;
  readonly seenByGroupText: string;
  readonly keep: string;
  readonly keepDays: (days: number) => string;
  readonly keepText: (siteDays: number) => string;
  readonly forget: string;
  readonly forgetAsk: string;
  readonly forgetYes: string;
  readonly forgotten: string;
  readonly cancel: string;
}

const en: HistoryWords = {
  seenBy: 'Who sees where you were',
  seenByMe: 'Only me',
  seenByGroup: 'My groups',
  seenByMeText: 'Where you are now is another matter: that is shared on the map.',
  seenByGroupText: 'Each group sees what you shared with it, while you both were in it.',
  keep: 'Keep it for',
  keepDays: (days) => (days === 0 ? 'Keep nothing' : days === 1 ? '1 day' : `${days} days`),
  keepText: (siteDays) => `This site keeps nothing for longer than ${siteDays} days.`,
  forget: 'Delete where I was',
  forgetAsk: 'Where you were is gone from all your groups then, for good.',
  forgetYes: 'Delete it',
  forgotten: 'It is deleted.',
  cancel: 'Cancel',
};

export const historyWords: Dictionary<HistoryWords> = { of: 'profile/history', en };
