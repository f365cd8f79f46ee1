import { JamzError } from '../protocol/errors.ts';
import { newId } from '../protocol/ids.ts';
import { secureRandom } from '../secure-random.ts';
import { idbJournal } from '../store/idb-journal.ts';
import { deviceScheduler } from '../sync/scheduler.ts';
import { channelTabs } from '../sync/tabs.ts';
import { httpLink } from './http-link.ts';
import type { Registry, WorkerReplica } from './registry.ts';
import { type Errand, runErrand } from './run-errand.ts';
import { takeLead } from './take-lead.ts';

/** Runs an errand for one replica with its token. @throws {JamzError} as {@link runErrand} does */
export type Visit = (errand: Errand, replica: WorkerReplica, token: string) => Promise<void>;

/**
 * Runs an errand for every replica on the list. One without a token is left as it is, outbox and attempts; one whose
 * token is refused loses that token.
 *
 * @throws {JamzError} the first failure, after all were visited: the browser is to ask again
 */
export async function runErrands(
  errand: Errand,
  registry: Registry,
  { visit, nowMs }: { readonly visit: Visit; readonly nowMs: () => number },
): Promise<void> {
  const failures: unknown[] = [];
  for (const replica of await registry.list()) {
    const stored = await registry.token(replica.name);
    if (!stored || stored.expiresAtMs <= nowMs()) continue;
    try {
      await visit(errand, replica, stored.token);
    } catch (error) {
      if (error instanceof JamzError && useless.has(error.code)) {
        await registry.dropToken(replica.name);
      } else failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Codes that say that this token will never do. */
const useless: ReadonlySet<string> = new Set([
  'unauthenticated',
  'token-expired',
  'forbidden',
  'origin-not-allowed',
  'update-needed',
]);

/** The {@link Visit} of a real worker. @param fetch of the worker */
export function deviceVisit(fetch: typeof globalThis.fetch): Visit {
  return async (errand, { name, userId, ...replica }, token) => {
    const { locks } = navigator;
    // Without locks nobody knows whether a tab leads.
    if (!locks) return;
    const tabs = channelTabs(name);
    try {
      await runErrand(errand, {
        ...replica,
        userId,
        token,
        openJournal: () => idbJournal(name, () => newId(secureRandom)),
        openLink: httpLink({ fetch, monotonicMs: deviceScheduler.monotonicMs }),
        scheduler: deviceScheduler,
        random: secureRandom,
        takeLead: () => takeLead(name, { locks, tabs, after: deviceScheduler.after }),
      });
    } finally {
      tabs.close();
    }
  };
}
