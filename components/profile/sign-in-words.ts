import type { Dictionary } from '../shared/words.ts';

/** What is said of changing one’s address and password. */
export interface SignInChangeWords {
  readonly email: string;
  readonly emailText: (email: string) => string;
  readonly emailNew: string;
  readonly emailMissing: string;
  readonly emailSame: string;
  readonly emailTaken: string;
  readonly emailSubmit: string;
  readonly emailDone: (email: string) => string;
  readonly password: string;
  readonly passwordText: string;
  readonly passwordNew: string;
  readonly passwordHint: string;
  readonly passwordShort: string;
  readonly passwordGuessed: string;
  readonly passwordSubmit: string;
  readonly passwordDone: string;
  readonly current: string;
  readonly currentMissing: string;
  readonly currentWrong: string;
  readonly show: string;
  readonly hide: string;
  readonly busy: string;
}

const en: SignInChangeWords = {
  email: 'Another e-mail address',
  emailText: (email) => `You sign in with ${email}. That stays until the new address is confirmed.`,
  emailNew: 'New e-mail address',
  emailMissing: 'Type an e-mail address, as ana@example.org.',
  emailSame: 'This is your address already.',
  emailTaken: 'This address has an account already. Take another one.',
  emailSubmit: 'Send me the link',
  emailDone: (email) => `A mail with a link is on its way to ${email}. It works for 24 hours.`,
  password: 'Another password',
  passwordText: 'All other devices are signed out, and a mail tells you of it.',
  passwordNew: 'New password',
  passwordHint: 'At least 8 characters. A few words in a row are good.',
  passwordShort: 'Use at least 8 characters.',
  passwordGuessed: 'This one is easily guessed. Take a few words in a row.',
  passwordSubmit: 'Change the password',
  passwordDone: 'Your password is changed. All other devices are signed out.',
  current: 'Your password now',
  currentMissing: 'Type the password that you sign in with now.',
  currentWrong: 'The password is not right.',
  show: 'Show the passwords',
  hide: 'Hide the passwords',
  busy: 'One moment',
};

export const signInChangeWords: Dictionary<SignInChangeWords> = { of: 'profile/sign-in', en };
