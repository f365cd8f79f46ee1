import type { ErrorCode } from '../../sdk/index.ts';
import type { Dictionary } from './words.ts';

/** Said of an address that is not confirmed yet. */
export interface VerificationWords {
  readonly text: (email: string) => string;
  readonly send: string;
  readonly sent: string;
  readonly problem: Readonly<Partial<Record<ErrorCode, string>>>;
}

const en: VerificationWords = {
  text: (email) => `Confirm ${email}: we sent you a mail with a link.`,
  send: 'Send it again',
  sent: 'It is on its way. Look among the unwanted mails, too.',
  problem: {
    unavailable: 'No connection. Try again when you are online.',
    'rate-limited': 'A mail is on its way already. Wait a while before you ask for another.',
  },
};

export const verificationWords: Dictionary<VerificationWords> = { of: 'shared/verification', en };
