import { JamzError } from '../../sdk/protocol/errors.ts';
import type { HasLeaked } from '../ports/leaked-passwords.ts';

/**
 * Refuses passwords that are tried first by whoever guesses: the 49,000 that are most common among those that leaked,
 * words of this very account, and, where a service is asked, all that leaked.
 *
 * @param about what anybody knows of the account: its address, the name of its person, the name of its site
 * @throws {JamzError} `invalid`
 */
export type RefuseGuessable = (password: string, about: readonly string[]) => Promise<void>;

/** @param hasLeaked asked last, of what passes otherwise */
export function createRefuseGuessable(hasLeaked: HasLeaked = async () => false): RefuseGuessable {
  return async (password, about) => {
    const known = await commonPasswords();
    const bare = lettersOf(password);
    const words = [...ownWords, ...about.flatMap((text) => [text, ...text.split('@')])];
    const isOwn = words.some((word) => lettersOf(word) === bare);
    if (isOwn || known.has(password.toLowerCase())) {
      throw new JamzError('invalid', 'This password is easily guessed: take another one');
    }
    if (!(await hasLeaked(password))) return;
    throw new JamzError('invalid', 'This password has leaked elsewhere: take another one');
  };
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
