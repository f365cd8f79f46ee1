import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { UserStore } from '../ports/store.ts';
import { accessLivesMs } from './access-token.ts';
import type { Erasures } from './erasures.ts';
import { passwordMatches } from './password.ts';

/** What a person says when they delete their account. */
export interface Deletion {
  /** Of an account that has one. */
  readonly password?: string;
  /** Whether what they uploaded goes, too; default no. */
  readonly alsoFiles?: boolean;
}

/**
 * Deletes the account of who asks, for good.
 *
 * @throws {JamzError} `invalid` where an account's password is missing, `forbidden` where it is wrong; `token-expired`
 *   where there is no password and the access token is older than a minute: a fresh one shows that whoever asks is
 *   still signed in, and not only has a token
 */
export type EraseOwn = (actor: Actor, deletion: Deletion) => Promise<void>;

export interface EraseOwnDeps {
  readonly users: Pick<UserStore, 'byId'>;
  readonly clock: Clock;
  readonly erasures: Pick<Erasures, 'erase'>;
}

const freshMs = 60_000;

export function createEraseOwn({ users, clock, erasures }: EraseOwnDeps): EraseOwn {
  return async (actor, { password, alsoFiles = false }) => {
    const user = await users.byId(actor.userId);
    if (user && user.passwordHash !== null) {
      if (password === undefined) {
        throw new JamzError('invalid', 'password is missing: it is asked for to delete an account');
      }
      if (!(await passwordMatches(password, user.passwordHash))) {
        throw new JamzError('forbidden', 'The password is wrong: nothing was deleted');
      }
    } else if (clock.nowMs() - (actor.expiresAtMs - accessLivesMs) > freshMs) {
      throw new JamzError(
        'token-expired',
        'To delete an account without a password, renew the access token and ask within a minute',
      );
    }
    await erasures.erase(actor.userId, { alsoFiles });
  };
}
