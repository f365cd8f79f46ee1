import { match, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemTimers } from '../clock/system-timers.ts';
import { examineRedis } from './examine-redis.ts';
import { noRedis, redisProgram, redisServer } from './redis-server-fixture.ts';

const program = redisProgram();
const skip = program === undefined && noRedis;

// A suite that is skipped is not counted; a test is.
if (skip) it('a look at Redis', { skip });

describe('a look at Redis', { skip, timeout: 300_000 }, () => {
  it('says which version answers, or why none does', async () => {
    const redis = await redisServer(program ?? '');
    match(await examineRedis(redis.url, systemTimers), /^\d+\.\d+/);
    await redis.kill();
    await rejects(examineRedis(redis.url, systemTimers), /ECONNREFUSED/);
    await redis.dispose();
  });
});
