import { JamzError } from '../protocol/errors.ts';
import type { WireUser } from '../protocol/wire.ts';
import { LiveValue } from '../sync/live-value.ts';
import { type AuthAnswer, isAuthAnswer } from './auth-answer.ts';
import { createIdentityMemory, type RememberedIdentity } from './identity-memory.ts';
import type { Identity, IdentityDeps, IdentityStatus } from './identity-port.ts';

export type { Identity, IdentityDeps, IdentityStatus, TabChannel } from './identity-port.ts';

const renewBeforeMs = 60_000;

/** Makes the {@link Identity} of one replica. */
export function createIdentity(deps: IdentityDeps): Identity {
  const { http, site, namespace, via, getToken, nowMs, tabs, exclusive = atOnce } = deps;
  const key = `jamz:identity:${deps.server}:${site}:${namespace ?? 'main'}`;
  const memory = createIdentityMemory(deps.storage, key);
  const user$ = new LiveValue<WireUser | null>(null);
  const status$ = new LiveValue<IdentityStatus>('signed-out');
  const scope = { site, via, ...(namespace === undefined ? {} : { namespace }) };

  let held: RememberedIdentity | undefined;
  let refreshToken: string | undefined;
  let renewal: Promise<string> | undefined;
  let leftByHand = false;
  /** What the server has rejected: never given again, wherever it is found. */
  let refused: string | undefined;
  /** Steps with each sign-in and sign-out: answers to what was asked before are dropped. */
  let epoch = 0;

  const lasts = (identity: RememberedIdentity, marginMs = renewBeforeMs): boolean =>
    identity.accessToken !== refused && identity.expiresAtMs - nowMs() > marginMs;

  let queue: Promise<unknown> = Promise.resolve();
  /** One at a time in this tab, then in all. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = queue.then(() => exclusive(key, run));
    queue = turn.catch(ignore);
    return turn;
  }

  function show(identity: RememberedIdentity | undefined): void {
    held = identity;
    const user = identity?.user ?? null;
    if (!isSameUser(user$.value, user)) user$.next(user);
    const status = identity ? 'signed-in' : 'signed-out';
    if (status$.value !== status) status$.next(status);
  }

  async function adopt(answer: AuthAnswer, host: boolean): Promise<WireUser> {
    const { user, accessToken, groups } = answer;
    const expiresAtMs = nowMs() + answer.expiresInMs;
    const identity: RememberedIdentity = {
      kind: 'signed-in',
      user,
      accessToken,
      expiresAtMs,
      host,
    };
    const isNews = held?.user.id !== user.id;
    refreshToken = answer.refreshToken;
    leftByHand = false;
    show(identity);
    deps.onGroups?.(groups);
    await memory.write(identity);
    if (isNews) tabs?.postMessage('signed-in');
    return user;
  }

  function ask(path: string, body: object): Promise<AuthAnswer> {
    const credentials = via === 'cookie' ? 'include' : 'omit';
    const options = { credentials, expects: isAuthAnswer } as const;
    return http('POST', `auth/${path}`, { ...scope, ...body }, options);
  }

  function enter(path: string, body: object): Promise<WireUser> {
    return inTurn(async () => {
      const answer = await ask(path, body);
      epoch += 1;
      return adopt(answer, false);
    });
  }

  async function renew(): Promise<string> {
    const asked = epoch;
    return inTurn(async () => {
      const stored = await memory.read();
      if (held && lasts(held)) return held.accessToken;
      if (asked !== epoch) throw ended();
      if (stored?.kind === 'signed-in' && lasts(stored)) {
        show(stored);
        return stored.accessToken;
      }
      const host = getToken !== undefined && held?.host !== false;
      const answer = host ? await exchange(getToken) : await refresh();
      if (asked !== epoch) throw ended();
      await adopt(answer, host);
      return answer.accessToken;
    });
  }

  async function exchange(getHostToken: NonNullable<typeof getToken>): Promise<AuthAnswer> {
    let token: string;
    try {
      token = await getHostToken(held ? 'expired' : 'start');
    } catch (cause) {
      const message = 'The page could not say who you are: its getToken() failed.';
      throw new JamzError('unavailable', message, { cause });
    }
    return ask('host', { token });
  }

  function refresh(): Promise<AuthAnswer> {
    if (via === 'cookie') return ask('refresh', {});
    if (refreshToken === undefined) throw ended();
    return ask('refresh', { refreshToken });
  }

  async function renewed(): Promise<string> {
    const asked = epoch;
    try {
      return await renew();
    } catch (error) {
      if (!(error instanceof JamzError) || !endings.has(error.code)) {
        if (held && lasts(held, 0)) return held.accessToken;
        throw error;
      }
      if (asked === epoch && held && status$.value !== 'expired') status$.next('expired');
      throw ended({ cause: error });
    }
  }

  async function restore(): Promise<void> {
    const asked = epoch;
    const stored = await memory.read();
    if (asked !== epoch) return;
    show(stored?.kind === 'signed-in' ? stored : undefined);
    if (stored?.kind === 'owes-sign-out') void payOwedSignOut();
    else if (!held && getToken && !leftByHand) void identity.token().catch(ignore);
  }

  /** The cookie outlives a sign-out that the server did not hear. */
  async function payOwedSignOut(): Promise<void> {
    await inTurn(async () => {
      if ((await memory.read())?.kind !== 'owes-sign-out') return;
      const body = { ...scope, ...(refreshToken === undefined ? {} : { refreshToken }) };
      const credentials = via === 'cookie' ? 'include' : 'omit';
      await http('POST', 'auth/sign-out', body, { credentials });
      refreshToken = undefined;
      await memory.clear();
    }).catch(ignore);
  }

  const onTabMessage = ({ data }: { data: unknown }): void => {
    if (data !== 'signed-in' && data !== 'signed-out') return;
    epoch += 1;
    leftByHand = data === 'signed-out';
    if (leftByHand) show(undefined);
    else void restore();
  };
  tabs?.addEventListener('message', onTabMessage);

  const identity: Identity = {
    user$,
    status$,
    ready: Promise.resolve().then(restore),
    async token(rejected) {
      await identity.ready;
      refused = rejected ?? refused;
      if (held && lasts(held)) return held.accessToken;
      if (!held && (!getToken || leftByHand)) throw signedOut();
      if (status$.value === 'expired' && !getToken) throw ended();
      renewal ??= renewed().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },
    expired() {
      refused = held?.accessToken;
    },
    signUp: (credentials) => enter('sign-up', credentials),
    signIn: (credentials) => enter('sign-in', credentials),
    signInAsGuest: (guest) => enter('guest', guest),
    async signOut() {
      epoch += 1;
      leftByHand = true;
      show(undefined);
      await memory.write({ kind: 'owes-sign-out' });
      tabs?.postMessage('signed-out');
      await payOwedSignOut();
    },
    close() {
      tabs?.removeEventListener('message', onTabMessage);
      user$.complete();
      status$.complete();
    },
  };
  return identity;
}

/** Codes with which the server says that a renewal will never work again. */
const endings: ReadonlySet<string> = new Set([
  'unauthenticated',
  'token-expired',
  'forbidden',
  'gone',
  'not-found',
]);

function isSameUser(one: WireUser | null, other: WireUser | null): boolean {
  // Both as the server wrote them. One that looks new and is not is shown once more, and changes nothing.
  return JSON.stringify(one) === JSON.stringify(other);
}

function ended(options?: ErrorOptions): JamzError {
  return new JamzError('unauthenticated', 'The sign-in has ended. Sign in again.', options);
}

function signedOut(): JamzError {
  return new JamzError('unauthenticated', 'Nobody is signed in. Sign in first.');
}

function atOnce<T>(_name: string, run: () => Promise<T>): Promise<T> {
  return run();
}

function ignore(): void {}
