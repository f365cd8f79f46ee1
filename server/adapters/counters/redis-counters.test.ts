import { equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../../../scripts/testing/until.ts';
import { countersContract } from '../../ports/counters.contract.ts';
import type { Counters } from '../../ports/counters.ts';
import { systemTimers } from '../clock/system-timers.ts';
import {
  noRedis,
  type RedisServer,
  redisProgram,
  redisServer,
} from '../redis/redis-server-fixture.ts';
import { redisCounters } from './redis-counters.ts';

const program = redisProgram();
const skip = program === undefined && noRedis;

// A suite that is skipped is not counted; a test is.
if (skip) it('counters in Redis', { skip });

describe('counters in Redis', { skip, timeout: 300_000 }, () => {
  let redis: RedisServer;
  const made: Counters[] = [];
  const open = async (): Promise<Counters> => {
    const counters = redisCounters({ url: redis.url, timers: systemTimers, random: Math.random });
    made.push(counters);
    // Until it is there this process counts for itself.
    const name = `there ${made.length}`;
    while (!(await redis.keys()).some((key) => key.startsWith(`jamz:count:${name}`))) {
      await counters.spend(name, 'yet', { times: 1_000_000, withinS: 60 });
    }
    return counters;
  };
  before(async () => {
    redis = await redisServer(program ?? '');
  });
  after(async () => {
    for (const counters of made) counters.close();
    await redis.dispose();
  });

  countersContract(open, until);

  it('count for all processes together', async () => {
    const [one, other] = [await open(), await open()];
    const limit = { times: 1, withinS: 60 };
    equal(await one.spend('together', 'ana', limit), 0);
    ok((await other.spend('together', 'ana', limit)) > 0);
  });

  it('go on in each process while Redis is away, or does not answer', async () => {
    const counters = await open();
    const limit = { times: 1, withinS: 60 };
    redis.freeze();
    equal(await counters.spend('frozen', 'ana', limit), 0);
    ok((await counters.spend('frozen', 'ana', limit)) > 0);
    redis.thaw();
    await redis.kill();
    equal(await counters.spend('away', 'ana', limit), 0);
    ok((await counters.spend('away', 'ana', limit)) > 0);
    await redis.start();
  });
});
