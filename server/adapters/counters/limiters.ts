import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Counters, RateLimit } from '../../ports/counters.ts';

/** Counters of which each name has a limiter of the vendor's, made when it is first asked for. */
export function countersOf(
  make: (name: string, limit: RateLimit) => RateLimiterAbstract,
): Pick<Counters, 'spend'> {
  const limiters = new Map<string, RateLimiterAbstract>();
  return {
    async spend(name, who, limit) {
      const limiter = limiters.get(name) ?? make(name, limit);
      limiters.set(name, limiter);
      try {
        await limiter.consume(who);
        return 0;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext);
        throw refused;
      }
    },
  };
}
