import type { Subscription } from 'rxjs';
import type { ErrorCode, Jamz, User } from '../../sdk/index.ts';
import { type Access, connecting } from './access.ts';

export interface GroupRequest {
  readonly jamz: Promise<Jamz>;
  /** Without one, the group of `place`. */
  readonly groupId: string | undefined;
  /** The page's own path: names a group on sites that make them on first use. Without one the connection is enough. */
  readonly place: string | undefined;
  /** Signs in as a guest; absent where the page's author or a sign-in form does that. */
  readonly guest: (() => Promise<User>) | undefined;
}

export interface Timers {
  /** Runs `task` in `delayMs`; the returned function forgets it. */
  in(delayMs: number, task: () => void): () => void;
}

const firstRetryMs = 2_000;
const longestRetryMs = 30_000;

/**
 * Finds the way from a connection to a group and keeps telling where it stands: waits for an
 * earlier session, signs in as a guest where that is wanted, follows sign-in and sign-out, and
 * tries again by itself while the server cannot be reached.
 *
 * @returns stops everything; nothing is told afterwards
 */
export function resolveGroup(
  request: GroupRequest,
  timers: Timers,
  tell: (access: Access) => void,
): () => void {
  let run = 0;
  let attempts = 0;
  let forgetTimer: (() => void) | undefined;
  let subscription: Subscription | undefined;

  const start = (): void => {
    run += 1;
    forgetTimer?.();
    subscription?.unsubscribe();
    void follow(run);
  };

  const follow = async (thisRun: number): Promise<void> => {
    const current = (): boolean => run === thisRun;
    let jamz: Jamz | undefined;
    try {
      tell(connecting);
      jamz = await request.jamz;
      await jamz.session.restored;
      if (current() && !jamz.session.user$.value && request.guest) {
        await request.guest().catch(unlessForbidden);
      }
      if (current()) followUser(jamz, current);
    } catch (error) {
      if (current()) fail(error, jamz);
    }
  };

  const followUser = (jamz: Jamz, current: () => boolean): void => {
    let shownFor: string | null | undefined;
    subscription = jamz.session.user$.subscribe((user) => {
      const userId = user?.id ?? null;
      if (userId === shownFor) return;
      shownFor = userId;
      if (userId === null) tell({ kind: 'signed-out', jamz });
      else void open(jamz, () => current() && shownFor === userId);
    });
  };

  const open = async (jamz: Jamz, current: () => boolean): Promise<void> => {
    if (request.groupId !== undefined) {
      tell({ kind: 'ready', jamz, group: jamz.group(request.groupId) });
      return;
    }
    tell({ kind: 'connecting', jamz });
    if (request.place === undefined) return;
    try {
      const group = await jamz.openGroup(request.place);
      if (current()) tell({ kind: 'ready', jamz, group });
    } catch (error) {
      if (current()) fail(error, jamz);
    }
  };

  const fail = (error: unknown, jamz: Jamz | undefined): void => {
    const code = codeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    const known = jamz ? { jamz } : {};
    if (code !== 'unavailable' && code !== 'rate-limited' && code !== 'internal') {
      tell({ kind: 'failed', code, message, ...known });
      return;
    }
    tell({ kind: 'failed', code, message, retry: start, ...known });
    forgetTimer = timers.in(Math.min(firstRetryMs * 2 ** attempts, longestRetryMs), start);
    attempts += 1;
  };

  start();
  return () => {
    run += 1;
    forgetTimer?.();
    subscription?.unsubscribe();
  };
}

/** Two copies of the script have two JamzError classes: the code is read by its name. */
export function codeOf(error: unknown): ErrorCode {
  if (typeof error === 'object' && error !== null && 'code' in error) {
    return error.code as ErrorCode;
  }
  return 'internal';
}

function unlessForbidden(error: unknown): void {
  const code = codeOf(error);
  if (code !== 'forbidden' && code !== 'unauthenticated') throw error;
}
