import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Timers } from '../ports/timers.ts';

export interface AdmissionRules {
  /** Newcomers per second in the long run. */
  readonly perSecond: number;
  /** So many may come at once. */
  readonly burst: number;
  /** Newcomers who have not had the answer to their hello: no more are let in meanwhile. */
  readonly maxUnderWay: number;
  /** Who would wait longer is told when to come back. */
  readonly maxWaitMs: number;
}

/** What one core takes without those who are in noticing; replicas give up a link that does not open in ten seconds. */
export const defaultAdmission: AdmissionRules = {
  perSecond: 1_000,
  burst: 300,
  maxUnderWay: 200,
  maxWaitMs: 6_000,
};

export interface AdmissionDeps {
  readonly timers: Pick<Timers, 'after'>;
  readonly monotonicMs: () => number;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** Lets replicas in one after the other, when thousands of them come at once, as after a restart. */
export interface Admission {
  /**
   * Waits for its turn.
   *
   * @returns to be called once it has the answer to its hello, or is gone
   * @throws {JamzError} `unavailable` with `retryAfterMs`, at which time there will be room
   */
  enter(): Promise<() => void>;
  /** Nobody is let in any more. @param why what those who wait are told */
  close(why: () => JamzError): void;
}

/** Whoever says no hello for so long keeps nobody out. */
const helloWithinMs = 5_000;
const longestReturnMs = 30_000;

/**
 * A token bucket, and a window for those who have been let in and cost the most just now. Both have one queue, in which
 * the wait is bounded; whoever is sent away gets a place of their own in the time after it, at the same rate, so that
 * they do not come back all at once.
 */
export function createAdmission(deps: AdmissionDeps, rules: AdmissionRules): Admission {
  const { timers, monotonicMs, random } = deps;
  const { perSecond, burst, maxUnderWay, maxWaitMs } = rules;
  let queue: { readonly sinceMs: number; enter(): void; refuse(error: JamzError): void }[] = [];
  let tokens = burst;
  let filledMs = monotonicMs();
  let underWay = 0;
  let returnMs = 0;
  let stopWaiting: (() => void) | undefined;
  let closed: (() => JamzError) | undefined;

  const fill = (): void => {
    const nowMs = monotonicMs();
    tokens = Math.min(burst, tokens + ((nowMs - filledMs) / 1_000) * perSecond);
    filledMs = nowMs;
  };

  const sentAway = (): JamzError => {
    const nowMs = monotonicMs();
    const soonest = nowMs + maxWaitMs / 2;
    returnMs = Math.max(returnMs, soonest) + 1_000 / perSecond;
    if (returnMs > nowMs + longestReturnMs) returnMs = soonest;
    const retryAfterMs = Math.round((returnMs - nowMs) * (1 + random() / 10));
    const message = 'Many come at once: come back in a while';
    return new JamzError('unavailable', message, { retryAfterMs });
  };

  const entered = (): (() => void) => {
    underWay += 1;
    let isUnderWay = true;
    const leave = (): void => {
      cancel();
      if (!isUnderWay) return;
      isUnderWay = false;
      underWay -= 1;
      pump();
    };
    const cancel = timers.after(helloWithinMs, leave);
    return leave;
  };

  const pump = (): void => {
    fill();
    const nowMs = monotonicMs();
    while (queue.length > 0) {
      const isLate = nowMs - (queue[0]?.sinceMs ?? nowMs) > maxWaitMs;
      if (!isLate && (tokens < 1 || underWay >= maxUnderWay)) break;
      const next = queue.shift();
      if (isLate) next?.refuse(sentAway());
      else {
        tokens -= 1;
        next?.enter();
      }
    }
    stopWaiting?.();
    stopWaiting = undefined;
    if (queue.length === 0) return;
    const untilTokenMs = tokens < 1 ? ((1 - tokens) / perSecond) * 1_000 : maxWaitMs / 10;
    stopWaiting = timers.after(Math.max(1, untilTokenMs), pump);
  };

  return {
    enter() {
      if (closed) return Promise.reject(closed());
      if (queue.length >= (perSecond * maxWaitMs) / 1_000) return Promise.reject(sentAway());
      return new Promise((resolve, reject) => {
        queue.push({
          sinceMs: monotonicMs(),
          enter: () => resolve(entered()),
          refuse: reject,
        });
        if (queue.length === 1) pump();
      });
    },
    close(why) {
      closed = why;
      stopWaiting?.();
      const waiting = queue;
      queue = [];
      for (const { refuse } of waiting) refuse(why());
    },
  };
}
