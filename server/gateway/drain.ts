import type { Timers } from '../ports/timers.ts';
import type { Session } from './session.ts';

/** When a replica shall come back, and how soon all have been told. */
export interface DrainPlan {
  /** All are told within this time, evenly; 0: at once. */
  readonly overMs: number;
  /** They come back between these times after they were told. */
  readonly returnMs: readonly [from: number, to: number];
}

/** So many are told in a second, which the processes that stay take in without noticing. */
const perSecond = 800;
const longestDrainMs = 10_000;
const tickMs = 50;
/** A push under way is waited for, so that its replica need not send it again. */
const pushWithinMs = 2_000;

/**
 * Where others go on serving, each replica is served until it is told and comes back at once, to one of them. Where
 * nobody does, they come back spread over some seconds, in which a new process starts.
 */
export function drainPlan(sockets: number, others: number): DrainPlan {
  if (others === 0) return { overMs: 0, returnMs: [500, 5_500] };
  const overMs = Math.min(longestDrainMs, (sockets / perSecond) * 1_000);
  return { overMs, returnMs: [50, 250] };
}

/**
 * Says goodbye to all, according to plan.
 *
 * @param sessions shrinks as they go
 * @param goodbye ends one
 * @returns when all have been told
 */
export function drain(
  sessions: ReadonlySet<Session>,
  { overMs }: DrainPlan,
  timers: Pick<Timers, 'every'>,
  goodbye: (session: Session) => void,
): Promise<void> {
  const waiting = new Set(sessions);
  const perTick = Math.ceil((waiting.size * tickMs) / Math.max(tickMs, overMs));
  const patience = Math.ceil((overMs + pushWithinMs) / tickMs);
  let ticks = 0;

  const tell = (): void => {
    ticks += 1;
    let left = perTick;
    for (const session of waiting) {
      const isGone = !sessions.has(session);
      if (!isGone && session.pushesUnderWay > 0 && ticks <= patience) continue;
      if (!isGone && left === 0) break;
      waiting.delete(session);
      if (isGone) continue;
      left -= 1;
      goodbye(session);
    }
  };

  tell();
  return new Promise((resolve) => {
    if (waiting.size === 0) return resolve();
    const stop = timers.every(tickMs, () => {
      tell();
      if (waiting.size > 0) return;
      stop();
      resolve();
    });
  });
}
