import { groupOfScope, type Scope } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { SettingOwner, Store } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';
import { endOf, lastCommitWhere } from '../sync/log-places.ts';
import type { PushFeed } from './push-feed.ts';

/**
 * Sees to it that what a process was killed over is told all the same. Each notes up to when everything that it took
 * into logs has been told; whoever finds such a note of one that is not there any more reads the logs on from it.
 */
export interface PushResume {
  /** Notes, and looks for what others left. Asked every few seconds; never fails. */
  look(): Promise<void>;
  /** What still waits is left to others; where nothing does, the note goes. */
  close(): Promise<void>;
}

export interface PushResumeDeps {
  readonly store: Pick<Store, 'log' | 'settings' | 'pushes'>;
  readonly feed: Pick<PushFeed, 'add' | 'oldestMs'>;
  readonly clock: Clock;
  readonly timers: Pick<Timers, 'afterTurn'>;
  /** Another one with each start. */
  readonly processId: string;
  /** No other process works on this store: whoever left a note is gone. */
  readonly isAlone: boolean;
  readonly onBug: (error: unknown) => void;
}

const kind = 'push-told';
/** A process that has not looked for so long is gone. One that only stood still loses nothing: messages are claimed. */
const silentMs = 25_000;
/** A commit is on its way to the feed for less, and clocks of machines differ by less. */
const marginMs = 5_000;
/** Whoever takes over a note and is killed in its turn leaves it for the next. */
const takeOverMs = 600_000;
const scopesPerPage = 200;
const commitsPerPage = 200;
const maxNotes = 1_000;

interface Told {
  readonly toldMs: number;
  readonly aliveMs: number;
}

export function createPushResume(deps: PushResumeDeps): PushResume {
  const { store, feed, clock, processId, onBug } = deps;
  const { log, settings, pushes } = store;
  const owner: SettingOwner = `s:push ${processId}`;
  let looking = Promise.resolve();
  let closed = false;

  const note = async (): Promise<void> => {
    const aliveMs = clock.nowMs();
    const told: Told = { toldMs: feed.oldestMs() ?? aliveMs, aliveMs };
    await settings.put(owner, kind, JSON.stringify(told));
  };

  async function takeOver(of: SettingOwner, { toldMs }: Told): Promise<void> {
    const key = `resume ${of} ${Math.floor(clock.nowMs() / takeOverMs)}`;
    if (!(await pushes.claim(key, clock.nowMs() + takeOverMs))) return;
    await readOnFrom(toldMs - marginMs);
    if (closed) return pushes.unclaim(key);
    // From here on it is this process's own, and stands in its note.
    await note();
    await settings.drop(of, kind);
  }

  async function readOnFrom(sinceMs: number): Promise<void> {
    for (let after = ''; !closed; ) {
      const scopes = await log.scopes(after, scopesPerPage);
      for (const scope of scopes) if (!closed) await tellAgain(scope, sinceMs);
      const last = scopes.at(-1);
      if (last === undefined || scopes.length < scopesPerPage) return;
      after = last;
      // Others have a turn in between.
      await new Promise<void>((resolve) => deps.timers.afterTurn(resolve));
    }
  }

  async function tellAgain(scope: Scope, sinceMs: number): Promise<void> {
    const groupId = groupOfScope(scope);
    const head = groupId === undefined ? undefined : await log.head(scope);
    if (groupId === undefined || !head || head.atMs < sinceMs) return;
    const older = await lastCommitWhere(log, scope, head, ({ atMs }) => atMs < sinceMs);
    let from = older ? endOf(older) : head.firstSeq - 1;
    for (;;) {
      const commits = await log.read(scope, from, commitsPerPage);
      const last = commits.at(-1);
      if (!last || closed) return;
      for (const commit of commits) feed.add(groupId, commit);
      from = endOf(last);
    }
  }

  async function look(): Promise<void> {
    if (closed) return;
    await note();
    for (const { owner: of, value } of await settings.all(kind, null, maxNotes)) {
      const told = toldIn(value);
      const isGone = deps.isAlone || told.aliveMs < clock.nowMs() - silentMs;
      if (of !== owner && isGone && !closed) await takeOver(of, told);
    }
  }

  return {
    look() {
      looking = looking.then(look).catch(onBug);
      return looking;
    },
    async close() {
      closed = true;
      await looking;
      const isDone = feed.oldestMs() === undefined;
      await (isDone ? settings.drop(owner, kind) : note()).catch(onBug);
    },
  };
}

/** What cannot be read is of now: nothing is told twice for it. */
function toldIn(value: string): Told {
  try {
    const { toldMs, aliveMs }: Partial<Told> = JSON.parse(value);
    if (typeof toldMs === 'number' && typeof aliveMs === 'number') return { toldMs, aliveMs };
  } catch {
    // As below.
  }
  return { toldMs: Number.MAX_SAFE_INTEGER, aliveMs: 0 };
}
