import type { AuthAnswer } from '../auth/auth-answer.ts';
import { JamzError } from '../protocol/errors.ts';
import { type UserId, userScope } from '../protocol/ids.ts';
import type { WireUser } from '../protocol/wire.ts';
import type { LoopbackServer } from './loopback-server.ts';

/** Who has signed in, and what they prove it with. */
export interface LoopbackAccounts {
  userOf(token: string): WireUser | undefined;
  guest(name: string): AuthAnswer;
  /** @throws {JamzError} `invalid` where the address has an account */
  signUp(account: { email: string; password: string; name: string }): AuthAnswer;
  /** @throws {JamzError} `unauthenticated` */
  signIn(account: { email: string; password: string }): AuthAnswer;
  /** Takes a token of the host's backend at its word. @throws {JamzError} `unauthenticated` when it is no JWT with a subject */
  host(token: string): AuthAnswer;
  /** @throws {JamzError} `unauthenticated` */
  refresh(refreshToken: string | undefined): AuthAnswer;
  /** Its tokens stand for nobody from now on. */
  end(token: string): void;
}

/** Longer than any test: what follows from a token that expires is the SDK's own to test. */
const tokenLivesMs = 24 * 3_600_000;

/** People of a loopback server, by names, addresses and passwords that are kept as they are: for tests alone. */
export function loopbackAccounts(server: LoopbackServer): LoopbackAccounts {
  const users = new Map<string, WireUser>();
  const byEmail = new Map<string, { user: WireUser; password: string }>();
  let last = 0;

  const make = (name: string, more: Partial<WireUser> = {}): WireUser => {
    last += 1;
    const user: WireUser = { id: `user-${last}`, name, guest: true, ...more };
    const isNew = !server.users.has(user.id);
    server.users.set(user.id, user);
    if (isNew) server.submit(userScope(user.id), user.id, 'profile.update', { name });
    return user;
  };
  const answer = (user: WireUser): AuthAnswer => {
    last += 1;
    const accessToken = `access-${last}`;
    const refreshToken = `refresh-${last}`;
    users.set(accessToken, user);
    users.set(refreshToken, user);
    return {
      ...{ accessToken, refreshToken, user },
      expiresInMs: tokenLivesMs,
      groups: server.groupsOf(user.id),
    };
  };

  return {
    userOf: (token) => users.get(token),
    guest: (name) => answer(make(name)),
    signUp({ email, password, name }) {
      if (byEmail.has(email)) throw new JamzError('invalid', `${email} has an account already.`);
      const user = make(name, { guest: false, email });
      byEmail.set(email, { user, password });
      return answer(user);
    },
    signIn({ email, password }) {
      const account = byEmail.get(email);
      if (account?.password === password) return answer(account.user);
      throw new JamzError('unauthenticated', 'E-mail or password is wrong.');
    },
    host(token) {
      const { sub, name = sub } = claimsOf(token);
      if (sub === undefined) throw new JamzError('unauthenticated', 'The token has no subject.');
      const known = server.users.get(sub);
      return answer(known ?? make(name ?? sub, { id: sub, guest: false }));
    },
    refresh(refreshToken = '') {
      const user = users.get(refreshToken);
      users.delete(refreshToken);
      if (!user) throw new JamzError('unauthenticated', 'Sign in again.');
      return answer(user);
    },
    end(token) {
      const user = users.get(token);
      for (const [key, of] of users) if (of === user) users.delete(key);
    },
  };
}

/** What a JWT says, unverified. */
function claimsOf(token: string): { sub?: UserId; name?: string } {
  try {
    const middle = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(middle)) as { sub?: UserId; name?: string };
  } catch {
    return {};
  }
}
