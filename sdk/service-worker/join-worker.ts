import type { Jamz } from '../api.ts';
import type { Http } from '../auth/http.ts';
import type { UserId } from '../protocol/ids.ts';
import type { SyncStatus } from '../sync/status.ts';
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
  await deps.jamz.session.restored;
  const registry = (deps.openRegistry ?? openRegistry)();
  const end = entrust(registry, deps);
  const { status$ } = deps.jamz;
  const hidden = (): void => {
    askForSync(registration, status$.value, true);
  };
  document.addEventListener('visibilitychange', hidden);
  let hasAsked = false;
  status$.subscribe({
    next(status) {
      hasAsked &&= status.pending > 0;
      if (!hasAsked) hasAsked = askForSync(registration, status);
    },
    complete() {
      document.removeEventListener('visibilitychange', hidden);
      end();
    },
  });
  registration.periodicSync
    ?.register(refreshTag, { minInterval: refreshEveryMs })
    // Only for sites that the person has installed.
    .catch(() => {});
}

/**
 * Where something waits that this page may not live to send, the browser is asked to wake the worker for it.
 *
 * @param isPutAway the page has been hidden just now: what was asked for before may have come and gone while it led
 * @returns whether it was asked
 */
function askForSync(
  { sync }: Registration,
  { pending, state }: SyncStatus,
  isPutAway = false,
): boolean {
  const isHidden = document.visibilityState === 'hidden';
  const isCutOff = !isPutAway && (state === 'OFFLINE' || state === 'ERROR');
  if (pending === 0 || !(isHidden || isCutOff)) return false;
  sync?.register(drainTag).catch(() => {});
  return true;
}

/** Keeps this page's line in the registry, and its token, as its people come and go. @returns ends it */
function entrust(registry: Registry, { jamz, namespace, nameOf, http }: JoinDeps): () => void {
  const { server, site, session, status$ } = jamz;
  let current: WorkerReplica | undefined;
  let wantsToken = false;
  let isAsking = false;
  /** One after the other, so that the last person is the last written. */
  let turns: Promise<unknown> = Promise.resolve();
  const inTurn = (run: () => Promise<unknown>): void => {
    turns = turns.then(run).catch(() => {});
  };

  const change = async (replica: WorkerReplica | undefined): Promise<void> => {
    for (const other of await registry.list()) {
      const isOurs = other.server === server && other.site === site;
      const isInOurPlace = isOurs && other.namespace === namespace;
      if (isInOurPlace && other.name !== replica?.name) await registry.leave(other.name);
    }
    if (!replica) return;
    await registry.join(replica);
    const known = await registry.token(replica.name);
    wantsToken = !known || Math.abs(Date.now() - known.givenAtMs) > freshMs;
    askForToken();
  };
  const fetchToken = async (replica: WorkerReplica): Promise<void> => {
    try {
      const answer = await http('POST', 'auth/drain', {}, { expects: isDrainAnswer });
      if (current !== replica) return;
      wantsToken = false;
      const givenAtMs = Date.now();
      const expiresAtMs = givenAtMs + answer.expiresInMs;
      await registry.setToken(replica.name, { token: answer.drainToken, givenAtMs, expiresAtMs });
    } finally {
      isAsking = false;
    }
  };
  const askForToken = (): void => {
    const replica = current;
    if (!replica || !wantsToken || isAsking || status$.value.state !== 'SYNCED') return;
    isAsking = true;
    inTurn(() => fetchToken(replica));
  };

  const people = session.user$.subscribe((user) => {
    const name = user && nameOf(user.id);
    const replica = user && name ? { name, server, site, namespace, userId: user.id } : undefined;
    current = replica;
    inTurn(() => change(replica));
  });
  let state: SyncStatus['state'] | undefined;
  const steps = status$.subscribe((status) => {
    const isNews = status.state !== state;
    state = status.state;
    // One that did not come is asked for the next time that the server is there.
    if (isNews) askForToken();
  });
  return () => {
    people.unsubscribe();
    steps.unsubscribe();
    inTurn(async () => registry.close());
  };
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
