import type { Scheduler } from '../sync/scheduler.ts';
import type { TabPort } from '../sync/tabs.ts';

/** A tab that closes lets go within that time, and one that lives has answered long before. */
const patienceMs = 10_000;

export interface TakeLeadDeps {
  readonly locks: Pick<LockManager, 'request'>;
  readonly tabs: TabPort;
  readonly after: Scheduler['after'];
}

/**
 * Makes a service worker the leader of a browser's tabs, as if it were one more of them. A tab that leads and lives
 * goes on leading. One that holds the lock and does not answer is frozen or dead; should it wake, the journal's term
 * keeps it from writing.
 *
 * @param name of what tabs share
 * @returns lets go; undefined where a living tab leads
 */
export async function takeLead(
  name: string,
  { locks, tabs, after }: TakeLeadDeps,
): Promise<(() => void) | undefined> {
  let leads = false;
  let isTabAlive = false;
  const silence = tabs.listen(({ kind }) => {
    isTabAlive ||= kind === 'alive' || kind === 'leads';
    // A tab that is opened meanwhile follows, and leads as soon as this one lets go.
    if (kind === 'ask' && leads) tabs.post({ kind: 'alive' });
  });
  tabs.post({ kind: 'ask' });
  const patience = new AbortController();
  const stopTimer = after(patienceMs, () => patience.abort());
  const given = await hold(name, { signal: patience.signal }, locks);
  stopTimer();
  const letGo = given ?? (isTabAlive ? undefined : await hold(name, { steal: true }, locks));
  leads = letGo !== undefined;
  if (!letGo) silence();
  return (
    letGo &&
    (() => {
      silence();
      letGo();
    })
  );
}

function hold(
  name: string,
  options: LockOptions,
  locks: TakeLeadDeps['locks'],
): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const held = (): Promise<void> => new Promise((letGo) => resolve(letGo));
    // Rejects where it was not to be had, or was taken away later: then the term says so.
    locks.request(name, options, held).catch(() => resolve(undefined));
  });
}
