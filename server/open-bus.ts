import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import { createInProcessBus } from './adapters/bus/in-process.ts';
import { systemTimers } from './adapters/clock/system-timers.ts';
import { memoryCounters } from './adapters/counters/memory-counters.ts';
import { type Config, StartError } from './config/config.ts';
import type { Bus } from './ports/bus.ts';
import type { Counters } from './ports/counters.ts';

/** What joins this process to the others, where there may be any. */
export async function openBus(
  { redisUrl, mongodbUri }: Config,
  log: Logger,
  report: (error: unknown) => void,
): Promise<Bus> {
  if (redisUrl === undefined) {
    // A folder is locked; nothing keeps a second process from a database.
    if (mongodbUri !== undefined) log.warn('without REDIS_URL run one process on this database');
    return createInProcessBus(report);
  }
  const { createRedisBus } = await import('./adapters/bus/redis/create-redis-bus.ts');
  return createRedisBus({
    url: redisUrl,
    timers: systemTimers,
    monotonicMs: () => performance.now(),
    random: random,
    onListenerError: report,
    onChange(isUp, err) {
      if (isUp) log.info('Redis is there');
      else log.warn({ err }, 'Redis is away: processes look into the store until it is back');
    },
  });
}

/** What joins the processes, in words. @throws {StartError} */
export async function describeBus({ redisUrl }: Config): Promise<string> {
  if (redisUrl === undefined) return 'not set: one process';
  const { examineRedis } = await import('./adapters/redis/examine-redis.ts');
  try {
    return `Redis ${await examineRedis(redisUrl, { after: waitFor })} answers`;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const host = new URL(redisUrl).host;
    const message = `${host} cannot be used (${reason}): start Redis, or correct the address`;
    throw new StartError(message, { cause });
  }
}

/** As those of the server, but kept waiting for: a command has nothing else that keeps it alive. */
function waitFor(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** Where attempts are counted: together with the other processes, where there may be any. */
export async function openCounters({ redisUrl: url }: Config): Promise<Counters> {
  if (url === undefined) return memoryCounters();
  const { redisCounters } = await import('./adapters/counters/redis-counters.ts');
  return redisCounters({ url, timers: systemTimers, random: random });
}

const maxRandom = 2 ** 48 - 1;

/** In [0, 1), cryptographic. */
function random(): number {
  return randomInt(maxRandom) / maxRandom;
}
