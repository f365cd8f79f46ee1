import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { JamzError } from '../../sdk/protocol/errors.ts';

export type LimitedAction =
  | 'guest'
  | 'sign-up'
  | 'sign-in'
  | 'password'
  | 'account'
  | 'host'
  | 'refresh'
  | 'metrics'
  | 'code'
  | 'mail'
  | 'mail-account'
  | 'link'
  | 'report'
  | 'export'
  | 'history'
  | 'push'
  | 'site-backend'
  | 'site-page'
  | 'site-new';

/** How many times within how many seconds. */
export interface RateLimit {
  readonly times: number;
  readonly withinS: number;
}

/**
 * Per address, wide enough for a coach full of phones behind one. Guessing is aimed at accounts: `password` counts
 * an account and an address together, so that a stranger's guesses do not lock its owner out, and `account` bounds
 * what many addresses can try together.
 */
export const defaultRateLimits: Readonly<Record<LimitedAction, RateLimit>> = {
  guest: { times: 300, withinS: 60 },
  'sign-up': { times: 30, withinS: 60 },
  'sign-in': { times: 60, withinS: 60 },
  password: { times: 10, withinS: 300 },
  account: { times: 100, withinS: 3600 },
  host: { times: 300, withinS: 60 },
  refresh: { times: 600, withinS: 60 },
  metrics: { times: 300, withinS: 60 },
  code: { times: 60, withinS: 60 },
  mail: { times: 30, withinS: 3600 },
  // Nobody shall fill another's mailbox.
  'mail-account': { times: 5, withinS: 3600 },
  link: { times: 60, withinS: 60 },
  report: { times: 20, withinS: 3600 },
  // It reads all that there is of a person.
  export: { times: 20, withinS: 3600 },
  // Of a site together: its backend is one program.
  'site-backend': { times: 3_000, withinS: 60 },
  'site-page': { times: 120, withinS: 60 },
  // Strangers register sites for themselves.
  'site-new': { times: 10, withinS: 3600 },
  // A map that is scrubbed asks often; one request reads up to 20,000 points.
  history: { times: 120, withinS: 60 },
  push: { times: 60, withinS: 3600 },
};

export interface RateLimits {
  /** @throws {JamzError} `rate-limited`, with how long to wait */
  spend(action: LimitedAction, who: string): Promise<void>;
}

/** Counts in memory, so each process counts for itself; addresses are forgotten with their window. */
export function createRateLimits(
  limits: Readonly<Record<LimitedAction, RateLimit>> = defaultRateLimits,
): RateLimits {
  const counters = new Map(
    Object.entries(limits).map(([action, { times, withinS }]) => [
      action,
      new RateLimiterMemory({ keyPrefix: action, points: times, duration: withinS }),
    ]),
  );
  return {
    async spend(action, who) {
      try {
        await counters.get(action)?.consume(who);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const retryAfterMs = Math.max(1, refused.msBeforeNext);
        const seconds = Math.ceil(retryAfterMs / 1000);
        throw new JamzError('rate-limited', `Too many attempts: wait ${seconds} s`, {
          retryAfterMs,
        });
      }
    },
  };
}
