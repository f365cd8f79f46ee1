import { JamzError } from '../../sdk/protocol/errors.ts';

/**
 * Refuses passwords that are tried first by whoever guesses: the 49,000 most common ones, and words of this very
 * account.
 *
 * @param about what anybody knows of the account: its address, the name of its person
 * @throws {JamzError} `invalid`
 */
export async function refuseGuessable(password: string, about: readonly string[]): Promise<void> {
  const known = await commonPasswords();
  const bare = lettersOf(password);
  const words = [...ownWords, ...about.flatMap((text) => [text, ...text.split('@')])];
  const isOwn = words.some((word) => lettersOf(word) === bare);
  if (!isOwn && !known.has(password.toLowerCase())) return;
  throw new JamzError('invalid', 'This password is easily guessed: take another one');
}

/** What people think of first here. */
const ownWords = ['trafficjamz', 'trafficjam', 'jamz'];

/** A word with a year or a mark behind it is that word. Figures alone are a word of their own. */
function lettersOf(text: string): string {
  const letters = text.toLowerCase().replace(/[^\p{Letter}]/gu, '');
  return letters === '' ? text : letters;
}

let common: Promise<ReadonlySet<string>> | undefined;

/** Half a megabyte that only sign-ups need. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set<string>(dictionary['passwords-common']),
  );
  return common;
}
