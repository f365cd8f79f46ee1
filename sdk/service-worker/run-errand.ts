import { JamzError } from '../protocol/errors.ts';
import type { UserId } from '../protocol/ids.ts';
import type { Journal } from '../store/journal.ts';
import { Engine } from '../sync/engine.ts';
import { noSurroundings, type Scheduler } from '../sync/scheduler.ts';
import type { OpenLink } from '../transport/link.ts';
import { withoutHeld } from './without-held.ts';

/**
 * `drain`: what waits is sent, and nothing is done where nothing waits. `refresh`: every scope that is kept is brought
 * to its head as well.
 */
export type Errand = 'drain' | 'refresh';

export interface ErrandDeps {
  readonly server: string;
  readonly site: string;
  readonly userId: UserId;
  readonly token: string;
  readonly openJournal: () => Journal;
  readonly openLink: OpenLink;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  /** @returns lets go; undefined where a living tab leads */
  readonly takeLead: () => Promise<(() => void) | undefined>;
}

/** Browsers end a worker's event after some minutes; what is not done by then is done at the next. */
const deadlineMs = 60_000;

/**
 * One visit of a service worker to a replica: the engine of the pages over the same journal, so that ops keep their
 * numbers, and acks, refusals and attempts are written as a page writes them.
 *
 * @throws {JamzError} why it has to be tried again; `unauthenticated` where the token is of no use any more
 */
export async function runErrand(errand: Errand, deps: ErrandDeps): Promise<void> {
  if (errand === 'drain' && !(await hasWaiting(deps))) return;
  const letGo = await deps.takeLead();
  if (!letGo) {
    if (errand === 'drain' && (await hasWaiting(deps))) {
      // Should that tab be closed before it has sent everything, the browser asks again.
      throw new JamzError('unavailable', 'A tab is at work on it.');
    }
    return;
  }
  try {
    await sync(errand, deps);
  } finally {
    letGo();
  }
}

async function sync(errand: Errand, deps: ErrandDeps): Promise<void> {
  const { scheduler, token } = deps;
  const journal = withoutHeld(deps.openJournal());
  let giveUp: (error: JamzError) => void = () => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const engine = await Engine.open(
    {
      ...deps,
      journal,
      surroundings: noSurroundings,
      // Nothing is tapped here.
      refusalOf: () => undefined,
      async token(reason) {
        if (reason === 'start') return token;
        throw new JamzError('unauthenticated', 'This worker’s token is of no use any more.');
      },
    },
    {
      changed() {},
      live() {},
      groups() {},
      ended() {},
      deposed: () => giveUp(new JamzError('unavailable', 'A tab has taken over.')),
    },
  );
  const stopTimer = scheduler.after(deadlineMs, () =>
    giveUp(new JamzError('unavailable', 'It takes longer than a service worker may.')),
  );
  try {
    if (errand === 'refresh') for (const { scope } of engine.replica.scopes) engine.follow(scope);
    engine.start();
    await Promise.race([engine.syncNow(), givenUp]);
    if (engine.status$.value.storage !== journal.kind) {
      throw new JamzError('unavailable', 'The browser’s storage cannot be used now.');
    }
  } finally {
    stopTimer();
    await engine.close();
  }
}

/** Without taking the lead: a page that opens meanwhile is not kept waiting. */
async function hasWaiting({ openJournal }: ErrandDeps): Promise<boolean> {
  const journal = withoutHeld(openJournal());
  try {
    const { outbox } = await journal.load();
    return outbox.some(({ setAside }) => !setAside);
  } finally {
    await journal.close();
  }
}
