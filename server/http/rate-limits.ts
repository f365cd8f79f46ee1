import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Counters, RateLimit } from '../ports/counters.ts';

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
  | 'photo'
  | 'export'
  | 'history'
  | 'late-fixes'
  | 'trip'
  | 'trip-share'
  | 'trip-photo'
  | 'push'
  | 'site-backend'
  | 'site-page'
  | 'site-new';

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
  photo: { times: 60, withinS: 3600 },
  // It reads all that there is of a person.
  export: { times: 20, withinS: 3600 },
  // Of a site together: its backend is one program.
  'site-backend': { times: 3_000, withinS: 60 },
  'site-page': { times: 120, withinS: 60 },
  // Strangers register sites for themselves.
  'site-new': { times: 30, withinS: 3600 },
  // A map that is scrubbed asks often; one request reads up to 20,000 points.
  history: { times: 120, withinS: 60 },
  // Eight hours without a network are fifty pages of fixes; a person has few devices.
  'late-fixes': { times: 300, withinS: 60 },
  // A person, or an address that has a link: each reads up to 20,000 points.
  trip: { times: 60, withinS: 60 },
  'trip-share': { times: 60, withinS: 3600 },
  // A trip has many people in it, and each a photo.
  'trip-photo': { times: 600, withinS: 60 },
  push: { times: 60, withinS: 3600 },
};

export interface RateLimits {
  /** @throws {JamzError} `rate-limited`, with how long to wait */
  spend(action: LimitedAction, who: string): Promise<void>;
}

export function createRateLimits(
  counters: Pick<Counters, 'spend'>,
  limits: Readonly<Record<LimitedAction, RateLimit>> = defaultRateLimits,
): RateLimits {
  return {
    async spend(action, who) {
      const retryAfterMs = await counters.spend(action, who, limits[action]);
      if (retryAfterMs === 0) return;
      const seconds = Math.ceil(retryAfterMs / 1000);
      throw new JamzError('rate-limited', `Too many attempts: wait ${seconds} s`, {
        retryAfterMs,
      });
    },
  };
}
