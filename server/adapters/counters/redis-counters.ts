import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Counters } from '../../ports/counters.ts';
import type { Timers } from '../../ports/timers.ts';
import { openRedisLink } from '../redis/redis-link.ts';
import { countersOf } from './limiters.ts';

export interface RedisCountersOptions {
  readonly url: string;
  readonly timers: Pick<Timers, 'after'>;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** Who asks is not made to wait for Redis: by then this process counts for itself. */
const answerWithinMs = 500;

/**
 * Counts in Redis, for all processes together. While Redis is away each counts for itself, from nothing. Redis sees no
 * address and no name: only hashes, which go with the window.
 */
export function redisCounters({ url, timers, random }: RedisCountersOptions): Counters {
  // Its own connection: one that is slow to answer is given up, and with it what else were on its way.
  const link = openRedisLink({ url, name: 'jamz-counters', timers, random });
  /** The one command that the vendor's limiter asks of a client. */
  const storeClient = {
    eval: (script: string, options: { readonly keys: string[]; readonly arguments: string[] }) =>
      link.ask((client) => client.eval(script, options), answerWithinMs),
  };
  const { spend } = countersOf((name, { times, withinS }) => {
    const limits = { points: times, duration: withinS };
    return new RateLimiterRedis({
      ...limits,
      storeClient,
      useRedisPackage: true,
      keyPrefix: `jamz:count:${name}`,
      insuranceLimiter: new RateLimiterMemory({ ...limits, keyPrefix: name }),
    });
  });
  return {
    spend: (name, who, limit) => spend(name, hashOf(who), limit),
    close: () => link.close(),
  };
}

function hashOf(who: string): string {
  return createHash('sha256').update(who).digest('base64url').slice(0, 22);
}
