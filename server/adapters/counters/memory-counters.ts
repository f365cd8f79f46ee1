import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Counters } from '../../ports/counters.ts';
import { countersOf } from './limiters.ts';

/** Counts in memory, so each process counts for itself; who was counted is forgotten with the window. */
export function memoryCounters(): Counters {
  const { spend } = countersOf(
    (keyPrefix, { times, withinS }) =>
      new RateLimiterMemory({ keyPrefix, points: times, duration: withinS }),
  );
  return { spend, close: () => {} };
}
