import type { Dictionary } from '../shared/words.ts';

/** What the sign-in form says. */
export interface SignInWords {
  readonly title: string;
  readonly joinTitle: (group: string | null) => string;
  readonly ways: string;
  readonly guest: string;
  readonly signIn: string;
  readonly signUp: string;
  readonly name: string;
  readonly nameHint: string;
  readonly email: string;
  readonly password: string;
  readonly newPasswordHint: string;
  readonly show: string;
  readonly hide: string;
  readonly submitGuest: string;
  readonly submitSignIn: string;
  readonly submitSignUp: string;
  readonly join: string;
  readonly busy: string;
  readonly forgot: string;
  readonly forgotTitle: string;
  readonly forgotText: string;
  readonly submitForgot: string;
  readonly forgotSent: (email: string) => string;
  readonly back: string;
  readonly keepAccount: string;
  readonly signedInGuest: string;
  readonly signOut: string;
  readonly signOutGuest: string;
  readonly stay: string;
  readonly wrongPassword: string;
  readonly tooFast: (seconds: number) => string;
  readonly tryAgain: string;
  readonly offline: string;
  readonly noGuests: string;
  readonly badInvitation: string;
  readonly nameMissing: string;
  readonly emailMissing: string;
  readonly passwordShort: string;
  readonly passwordMissing: string;
  readonly code: string;
  readonly codeHint: string;
  readonly wrongCode: string;
}

const en: SignInWords = {
  title: 'Come along',
  joinTitle: (group) => (group ? `Join ${group}` : 'Join the group'),
  ways: 'How to come in',
  guest: 'As a guest',
  signIn: 'Sign in',
  signUp: 'Sign up',
  name: 'Your name',
  nameHint: 'As the others will see it.',
  email: 'E-mail',
  password: 'Password',
  newPasswordHint: 'At least 8 characters.',
  show: 'Show the password',
  hide: 'Hide the password',
  submitGuest: 'Continue as a guest',
  submitSignIn: 'Sign in',
  submitSignUp: 'Create the account',
  join: 'Join',
  busy: 'One moment',
  forgot: 'Forgot your password?',
  forgotTitle: 'A new password',
  forgotText: 'We send you a mail with a link to choose one.',
  submitForgot: 'Send me the link',
  forgotSent: (email) =>
    `If ${email} has an account here, a mail with a link is on its way. It works for one hour. Look among the unwanted mails, too.`,
  back: 'Back to signing in',
  keepAccount: 'Keep this account',
  signedInGuest: 'Here as a guest',
  signOut: 'Sign out',
  signOutGuest: 'A guest who signs out cannot come back as the same person.',
  stay: 'Stay',
  wrongPassword: 'E-mail or password is not right.',
  tooFast: (seconds) => `Too many tries. Wait ${seconds} s.`,
  tryAgain: 'You can try again now.',
  offline: 'No connection. What you typed is kept; try again when you are online.',
  noGuests: 'This site takes no guests here. Sign in, or ask a member for an invitation.',
  badInvitation: 'This invitation does not work any more. Ask for a new one.',
  nameMissing: 'Type the name the others should see.',
  emailMissing: 'Type an e-mail address, as ana@example.org.',
  passwordShort: 'Use at least 8 characters.',
  passwordMissing: 'Type your password.',
  code: 'Code',
  codeHint: 'From your authenticator app, or one for recovery.',
  wrongCode: 'This code is not right, or was used. Type the next one.',
};

export const signInWords: Dictionary<SignInWords> = { of: 'sign-in/words', en };
