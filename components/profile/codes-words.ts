import type { Dictionary } from '../shared/words.ts';

/** What is said of codes of an authenticator app beside the password. */
export interface CodesWords {
  readonly offText: string;
  readonly password: string;
  readonly passwordMissing: string;
  readonly passwordWrong: string;
  readonly show: string;
  readonly hide: string;
  readonly begin: string;
  readonly scan: string;
  readonly scanText: string;
  readonly picture: string;
  readonly openApp: string;
  readonly key: string;
  readonly type: string;
  readonly code: string;
  readonly codeHint: string;
  readonly codeMissing: string;
  readonly codeWrong: string;
  readonly tooLate: string;
  readonly turnOn: string;
  readonly cancel: string;
  readonly recovery: string;
  readonly recoveryText: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyByHand: string;
  readonly save: string;
  readonly kept: string;
  readonly on: string;
  readonly onText: string;
  readonly left: (count: number) => string;
  readonly few: string;
  readonly turnOff: string;
  readonly turnOffText: string;
  readonly anyCode: string;
  readonly anyCodeHint: string;
  readonly turnedOff: string;
  readonly busy: string;
}

const en: CodesWords = {
  offText:
    'Whoever learns your password cannot sign in without your phone: a code of an app is asked for, too.',
  password: 'Your password',
  passwordMissing: 'Type the password that you sign in with.',
  passwordWrong: 'The password is not right.',
  show: 'Show the password',
  hide: 'Hide the password',
  begin: 'Set it up',
  scan: '1. Give the key to your app',
  scanText: 'Scan the square with an authenticator app, or type the key into it.',
  picture: 'QR code for an authenticator app',
  openApp: 'Open the app on this device',
  key: 'Key',
  type: '2. Type the code that it shows',
  code: 'Code of the app',
  codeHint: 'Six digits, another one every half a minute.',
  codeMissing: 'Type the six digits that the app shows now.',
  codeWrong: 'This code is not right, or was used. Type the next one.',
  tooLate: 'That took more than ten minutes. Begin anew, with a new key.',
  turnOn: 'Turn on',
  cancel: 'Cancel',
  recovery: 'Keep these codes',
  recoveryText:
    'With one of them you sign in when you have lost your phone. Each works once. They are not shown again.',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Your browser does not let this page copy. They are marked: copy them yourself.',
  save: 'Save as a file',
  kept: 'I have kept them',
  on: 'On',
  onText: 'Signing in asks for a code of your app.',
  left: (count) =>
    count === 1 ? '1 code for recovery is left.' : `${count} codes for recovery are left.`,
  few: 'Turn it off and on again for ten new ones.',
  turnOff: 'Turn off',
  turnOffText: 'Your password alone signs in then.',
  anyCode: 'Code',
  anyCodeHint: 'Of the app, or one for recovery.',
  turnedOff: 'It is off. Your password alone signs in.',
  busy: 'One moment',
};

export const codesWords: Dictionary<CodesWords> = { of: 'profile/codes', en };
