import type { ErrorCode } from '../../sdk/index.ts';
import { type CoreWords, coreWords } from './core-words.ts';
import type { Dictionary } from './words.ts';

/** Said by most elements: why there is nothing to show, and what can be done. */
export interface CommonWords extends CoreWords {
  readonly retry: string;
  readonly code: (code: string) => string;
  readonly undo: string;
  readonly cancel: string;
  readonly signedOutTitle: string;
  readonly signedOutText: string;
  readonly noPermissionTitle: string;
  readonly noPermissionText: string;
  readonly unreachableTitle: string;
  readonly unreachableText: string;
  readonly updateTitle: string;
  readonly updateText: string;
  readonly originTitle: string;
  readonly originText: (origin: string) => string;
  readonly rateTitle: string;
  readonly rateText: string;
  readonly goneTitle: string;
  readonly goneText: string;
  readonly removedTitle: string;
  readonly removedText: string;
  readonly wrongTitle: string;
  readonly setupTitle: string;
  readonly offlineText: string;
  readonly reconnecting: string;
  readonly notSynced: string;
  /** What each code means, and what the page lacks; in English the SDK says it itself, in more detail. */
  readonly errors?: Readonly<Record<ErrorCode | 'setup', string>>;
}

const en: CommonWords = {
  ...coreWords.en,
  retry: 'Try again',
  code: (code) => `Code: ${code}`,
  undo: 'Undo',
  cancel: 'Cancel',
  signedOutTitle: 'You are signed out',
  signedOutText: 'Sign in to join the group.',
  noPermissionTitle: 'This group is not open to you',
  noPermissionText: 'Ask a member for an invitation.',
  unreachableTitle: 'No connection',
  unreachableText: 'We keep trying. You can also try now.',
  updateTitle: 'A newer version is needed',
  updateText: 'Reload this page to get it. What you did is kept.',
  originTitle: 'This site is not allowed yet',
  originText: (origin) => `Add ${origin} to the allowed origins of this site key.`,
  rateTitle: 'A little too fast',
  rateText: 'The server asked for a pause. We try again by ourselves.',
  goneTitle: 'This group is gone',
  goneText: 'It was deleted by an owner.',
  removedTitle: 'You are no longer in this group',
  removedText: 'An owner or moderator removed you.',
  wrongTitle: 'Something went wrong',
  setupTitle: 'This element needs a group',
  offlineText: 'Offline. What you do is kept and sent later.',
  reconnecting: 'Reconnecting',
  notSynced: 'Not synced',
};

export const commonWords: Dictionary<CommonWords> = { of: 'shared/common', en };
