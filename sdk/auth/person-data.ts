import type { Jamz } from '../api.ts';
import { JamzError } from '../protocol/errors.ts';
import type { UserId } from '../protocol/ids.ts';
import type { KeyValue } from '../store/key-value.ts';
import { answerOf, type Http } from './http.ts';
import type { Identity } from './identity-port.ts';

/** What a person does with all that is kept of them. */
export type PersonData = Pick<
  Jamz,
  | 'exportData'
  | 'deleteAccount'
  | 'deletePositionHistory'
  | 'positionHistoryChoice'
  | 'privatePlaces'
  | 'push'
  | 'trip'
>;

export interface PersonDataDeps {
  readonly server: string;
  readonly http: Http;
  readonly fetch: typeof fetch;
  readonly identity: Pick<Identity, 'user$' | 'token' | 'expired'>;
  /** Where this device keeps things of its people. */
  readonly storage: {
    readonly preferences: KeyValue;
    readonly groups: KeyValue;
    readonly caches: KeyValue;
    tabsName(userId: UserId): string | null;
  };
  /** Here and in every tab; resolves when nothing of the person is open any more. */
  readonly signOut: () => Promise<void>;
  /** Default the platform's own. */
  readonly databases?: Pick<IDBFactory, 'deleteDatabase' | 'databases'>;
}

/** The server reads, or erases, all that there is: that may take longer than other requests. */
const patienceMs = 120_000;

export function createPersonData(
  deps: PersonDataDeps,
): Pick<PersonData, 'exportData' | 'deleteAccount'> {
  const { server, http, identity } = deps;

  const ask = (format: string, token: string): Promise<Response> => {
    const { fetch } = deps;
    return fetch(`${server}/v1/me/export?format=${format}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
    });
  };

  return {
    async exportData({ format }) {
      const token = await identity.token();
      try {
        let response = await ask(format, token);
        if (response.status === 401) response = await ask(format, await identity.token(token));
        if (response.ok && response.headers.has('content-disposition')) {
          return await response.blob();
        }
        throw (await failureOf(response)) ?? new TypeError('This answer is none of the server’s.');
      } catch (cause) {
        if (cause instanceof JamzError) throw cause;
        const message = 'The server cannot be reached. Check the network.';
        throw new JamzError('unavailable', message, { cause });
      }
    },

    async deleteAccount({ password, alsoFiles } = {}) {
      const user = identity.user$.value;
      // Who has no password shows that they are signed in still: by a token that is fresh.
      if (password === undefined) identity.expired();
      await http(
        'DELETE',
        'me',
        {
          ...(password === undefined ? {} : { password }),
          ...(alsoFiles === undefined ? {} : { alsoFiles }),
        },
        { timeoutMs: patienceMs },
      );
      await deps.signOut();
      if (user) await forgetPerson(user.id, deps);
    },
  };
}

async function failureOf(response: Response): Promise<unknown> {
  return answerOf(response).then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** What this device kept of them goes, too: what waited to be sent, groups as last seen, notices, begun uploads. */
export async function forgetPerson(userId: UserId, deps: PersonDataDeps): Promise<void> {
  const { storage, databases = globalThis.indexedDB } = deps;
  const { preferences, groups, caches } = storage;
  for (const kept of new Set([preferences, groups, caches])) {
    const keys = await kept.keys().catch(() => []);
    const theirs = keys.filter((key) => key.split(':').includes(userId));
    await Promise.allSettled(theirs.map((key) => kept.remove(key)));
  }
  // Pictures of people that the service worker kept: whose each is nobody knows here.
  await globalThis.caches?.delete('jamz-photos').catch(() => {});
  const name = storage.tabsName(userId);
  // Without a name nothing outlives the page.
  if (name === null) return;
  // Where the browser lists none the one that is known goes.
  const all = (await databases.databases?.().catch(() => [])) ?? [];
  const names = all.flatMap((one) => (one.name?.startsWith(`${name}:`) ? [one.name] : []));
  for (const one of [name, ...names]) {
    try {
      // Tabs that still have it open let go; nobody waits for the last of them.
      databases.deleteDatabase(one);
    } catch {
      // Where there is no database to open, there is none to delete.
    }
  }
}
