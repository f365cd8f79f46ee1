import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import type { Store, UserRecord } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import { passwordMatches } from './password.ts';

/** Somebody with an account of this server's own. */
export type WithPassword = UserRecord & { readonly email: string; readonly passwordHash: string };

/**
 * Who asks, once they have shown that they know the password.
 *
 * @throws {JamzError} `invalid` where the account has none, `forbidden` where it is wrong
 */
export type Proven = (actor: Pick<Actor, 'userId'>, password: string) => Promise<WithPassword>;

export function createProven(deps: {
  readonly store: Pick<Store, 'users'>;
  readonly note: Note;
}): Proven {
  const { store, note } = deps;
  return async ({ userId }, password) => {
    const user = await store.users.byId(userId);
    if (!user || user.passwordHash === null || user.email === null) {
      throw new JamzError('invalid', 'This account has no password: nothing was changed');
    }
    if (!(await passwordMatches(password, user.passwordHash))) {
      note('sign-in-failed', { siteId: user.siteId, actorId: userId, subjectId: userId });
      throw new JamzError('forbidden', 'The password is wrong: nothing was changed');
    }
    return { ...user, email: user.email, passwordHash: user.passwordHash };
  };
}
