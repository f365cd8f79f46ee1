import type { Jamz } from '../api.ts';
import type { Http } from '../auth/http.ts';
import type { UserId } from '../protocol/ids.ts';
import { openRegistry, type Registry, type WorkerReplica } from './registry.ts';
import { drainTag, isHere, join, refreshEveryMs, refreshTag } from './words.ts';

/** What of the platform is not in TypeScript's library. */
interface Registration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
  readonly periodicSync?: {
    register(tag: string, options: { readonly minInterval: number }): Promise<void>;
  };
}

export interface JoinDeps {
  readonly jamz: Pick<Jamz, 'server' | 'site' | 'session' | 'status$'>;
  readonly namespace: string;
  /** Names the journal of a person, and what its tabs share; null where nothing is kept. */
  readonly nameOf: (userId: UserId) => string | null;
  readonly http: Http;
  readonly openRegistry?: () => Registry;
}

/** A token is asked for anew when it is older than that, so that it never runs out for who comes back. */
const freshMs = 24 * 3_600_000;

/**
 * Entrusts this page's replica to the site's service worker, if TrafficJamz is in it: who it is, a token for it, and a
 * Background Sync whenever something waits that this page may not live to send. Ends with the replica.
 */
export async function joinWorker(registration: Registration, deps: JoinDeps): Promise<void> {
  await answerOf(registration);
  const { jamz, namespace, nameOf, http } = deps;
  const { server, site, session, status$ } = jamz;
  await session.restored;
  const registry = (deps.openRegistry ?? openRegistry)();
  let current: WorkerReplica | undefined;
  let isAskedFor = false;
  let isTokenWanted = false;
  /** One after the other, so that the last person is the last written. */
  let turns: Promise<unknown> = Promise.resolve();
  const inTurn = (run: () => Promise<unknown>): void => {
    turns = turns.then(run).catch(() => {});
  };

  const change = async (replica: WorkerReplica | undefined): Promise<void> => {
    for (const other of await registry.list()) {
      const isHere =
        other.server === server && other.site === site && other.namespace === namespace;
      if (isHere && other.name !== replica?.name) await registry.leave(other.name);
    }
    if (!replica) return;
    await registry.join(replica);
    const known = await registry.token(replica.name);
    isTokenWanted = !known || Math.abs(Date.now() - known.givenAtMs) > freshMs;
    fetchToken();
  };
  const fetchToken = (): void => {
    const replica = current;
    if (!replica || !isTokenWanted || status$.value.state !== 'SYNCED') return;
    isTokenWanted = false;
    inTurn(async () => {
      const answer = await http('POST', 'auth/drain', {}, { expects: isDrainAnswer });
      if (current !== replica) return;
      const { drainToken: token, expiresInMs } = answer;
      const givenAtMs = Date.now();
      const expiresAtMs = givenAtMs + expiresInMs;
      await registry.setToken(replica.name, { token, givenAtMs, expiresAtMs });
    });
  };
  const askForSync = (): void => {
    isAskedFor = true;
    registration.sync?.register(drainTag).catch(() => {});
  };
  const isHidden = (): boolean => document.visibilityState === 'hidden';
  /** Asked again each time: what was asked for before may have come and gone while this page led. */
  const hidden = (): void => {
    if (isHidden() && status$.value.pending > 0) askForSync();
  };

  const userWatch = session.user$.subscribe((user) => {
    const name = user && nameOf(user.id);
    current = user && name ? { name, server, site, namespace, userId: user.id } : undefined;
    const replica = current;
    inTurn(() => change(replica));
  });
  document.addEventListener('visibilitychange', hidden);
  status$.subscribe({
    next({ pending, state }) {
      fetchToken();
      if (pending === 0) isAskedFor = false;
      else if (!isAskedFor && (isHidden() || state === 'OFFLINE' || state === 'ERROR'))
        askForSync();
    },
    complete() {
      userWatch.unsubscribe();
      document.removeEventListener('visibilitychange', hidden);
      inTurn(async () => registry.close());
    },
  });
  registration.periodicSync
    ?.register(refreshTag, { minInterval: refreshEveryMs })
    // Only for sites that the person has installed.
    .catch(() => {});
}

/** Resolves when the worker says that TrafficJamz is in it; never where it is not. */
function answerOf({ active }: ServiceWorkerRegistration): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => {
      if (!isHere(data)) return;
      port1.close();
      resolve();
    };
    active?.postMessage(join, [port2]);
  });
}

interface DrainAnswer {
  readonly drainToken: string;
  readonly expiresInMs: number;
}

function isDrainAnswer(json: unknown): json is DrainAnswer {
  const { drainToken, expiresInMs } = (json ?? {}) as Partial<Record<keyof DrainAnswer, unknown>>;
  return typeof drainToken === 'string' && typeof expiresInMs === 'number';
}
