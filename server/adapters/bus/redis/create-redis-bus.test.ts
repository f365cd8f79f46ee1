import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../../../../scripts/testing/until.ts';
import { busContract, groups, listen } from '../../../ports/bus.contract.ts';
import type { Bus } from '../../../ports/bus.ts';
import { systemTimers } from '../../clock/system-timers.ts';
import {
  noRedis,
  type RedisServer,
  redisProgram,
  redisServer,
} from '../../redis/redis-server-fixture.ts';
import { createRedisBus } from './create-redis-bus.ts';

const program = redisProgram();
const skip = program === undefined && noRedis;

// A suite that is skipped is not counted; a test is.
if (skip) it('the bus on Redis', { skip });

describe('the bus on Redis', { skip, timeout: 300_000 }, () => {
  let redis: RedisServer;

  const open = (monotonicMs = () => performance.now()): Promise<Bus> =>
    createRedisBus({
      url: redis.url,
      timers: systemTimers,
      monotonicMs,
      random: Math.random,
      onListenerError: () => {},
      onChange: () => {},
    });

  const allWhole = (...buses: readonly Bus[]): Promise<void> =>
    until(() => buses.every((bus) => bus.health().isWhole), 'the buses are whole');
  const allApart = (...buses: readonly Bus[]): Promise<void> =>
    until(() => buses.every((bus) => !bus.health().isWhole), 'the buses know that they are not');

  before(async () => {
    redis = await redisServer(program ?? '');
  });
  after(() => redis.dispose());

  busContract(() => open(), true);

  it('[WR20] sends what was published in a short outage once Redis is there again, and nobody has missed anything', async () => {
    const [here, there] = await Promise.all([open(), open()]);
    const first = listen(there, 1);
    here.publish(groups('before'));
    await first;
    await redis.kill();
    const later = listen(there, 2);
    here.publish(groups('one'));
    here.publish(groups('two'));
    await allApart(here, there);
    await redis.start();
    deepEqual(
      (await later).map(({ message }) => message),
      [groups('one'), groups('two')],
    );
    await allWhole(here, there);
    equal(here.health().dropped, 0);
    await Promise.all([here.close(), there.close()]);
  });

  it('[WR20] says that something may have been missed when Redis comes back empty', async () => {
    const [here, there] = await Promise.all([open(), open()]);
    const first = listen(there, 1);
    here.publish(groups('before'));
    await first;
    await redis.kill();
    await redis.start();
    await until(() => there.health().gaps > 0, 'the gap is seen');
    await allWhole(there);
    await Promise.all([here.close(), there.close()]);
  });

  it('[WR20] drops what is too old to be worth sending, and the others notice', async () => {
    let laterMs = 0;
    const [here, there] = await Promise.all([open(() => performance.now() + laterMs), open()]);
    const first = listen(there, 1);
    here.publish(groups('before'));
    await first;
    // The other one may have read it before this one hears that it was written: till then it is in doubt, and dropped too.
    await until(() => here.health().sent === 1, 'it is known to be sent');
    await redis.kill();
    here.publish(groups('lost'));
    laterMs = 6_000;
    await until(() => here.health().dropped === 1, 'it is dropped');
    const gapsBefore = there.health().gaps;
    await redis.start();
    const next = listen(there, 1);
    here.publish(groups('after'));
    deepEqual(
      (await next).map(({ message }) => message),
      [groups('after')],
    );
    ok(there.health().gaps > gapsBefore);
    await Promise.all([here.close(), there.close()]);
  });

  it('[WR20] notices a Redis that holds its connections and does not answer, and goes on when it does', async () => {
    const [here, there] = await Promise.all([open(), open()]);
    redis.freeze();
    await allApart(here, there);
    redis.thaw();
    await allWhole(here, there);
    const again = listen(there, 1);
    here.publish(groups('again'));
    await again;
    await Promise.all([here.close(), there.close()]);
  });

  it('starts without Redis, says so, and joins when it comes', async () => {
    await redis.kill();
    const bus = await open();
    equal(bus.health().isWhole, false);
    await redis.start();
    await allWhole(bus);
    await bus.close();
  });
});
