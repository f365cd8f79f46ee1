import { createHash } from 'node:crypto';
import type { HasLeaked } from '../../ports/leaked-passwords.ts';

export interface PwnedPasswordsOptions {
  /** As `https://api.pwnedpasswords.com/range/`, or a mirror of it. */
  readonly url: string;
  /** Told when nobody could be asked. */
  readonly onAway: (error: unknown) => void;
  readonly timeoutMs?: number;
}

/**
 * Asks by range, as Have I Been Pwned does: five of the forty digits of a password's SHA-1 go out, all that begin with
 * them come back, padded so that the size of the answer says nothing, and are compared here.
 */
export function pwnedPasswords({ url, onAway, timeoutMs }: PwnedPasswordsOptions): HasLeaked {
  return async (password) => {
    const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
    const [begin, rest] = [hash.slice(0, 5), hash.slice(5)];
    try {
      const response = await fetch(new URL(begin, url), {
        headers: { 'add-padding': 'true' },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs ?? 3_000),
      });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      const text = await response.text();
      return text.split(/\r?\n/).some((line) => {
        const [other, count = '0'] = line.split(':');
        // What only fills the answer up is counted zero times.
        return other === rest && Number(count) > 0;
      });
    } catch (error) {
      onAway(error);
      return false;
    }
  };
}
