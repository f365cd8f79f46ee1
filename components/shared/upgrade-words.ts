import type { Dictionary } from './words.ts';

/** Said where a guest becomes somebody with an account. */
export interface UpgradeWords {
  readonly text: string;
  readonly email: string;
  readonly password: string;
  readonly passwordHint: string;
  readonly show: string;
  readonly hide: string;
  readonly submit: string;
  readonly busy: string;
  readonly emailMissing: string;
  readonly passwordShort: string;
}

const en: UpgradeWords = {
  text: 'You stay the same person in the same groups, and can sign in on any device.',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 8 characters. A few words in a row are good.',
  show: 'Show the password',
  hide: 'Hide the password',
  submit: 'Keep my account',
  busy: 'One moment',
  emailMissing: 'Type an e-mail address, as ana@example.org.',
  passwordShort: 'Use at least 8 characters.',
};

export const upgradeWords: Dictionary<UpgradeWords> = { of: 'shared/upgrade', en };
