import { equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WireError } from '../sdk/protocol/wire.ts';
import {
  noRedis,
  type RedisServer,
  redisProgram,
  redisServer,
} from './adapters/redis/redis-server-fixture.ts';
import { openSocket } from './gateway/gateway-fixture.ts';
import { type Nginx, nginxInFrontOf, nginxProgram, noNginx } from './nginx-fixture.ts';
import { type Person, person, type Several, severalServers } from './several-fixture.ts';
import { type Travellers, travellers } from './travel-fixture.ts';

const program = redisProgram();
const proxy = nginxProgram();
const skip = (program === undefined && noRedis) || (proxy === undefined && noNginx) || false;

// A suite that is skipped is not counted; a test is.
if (skip) it('processes that are restarted one after the other', { skip });

describe('processes that are restarted one after the other', { skip, timeout: 300_000 }, () => {
  let redis: RedisServer;
  let several: Several;
  let nginx: Nginx;
  let people: Travellers;
  let watchers: readonly Person[];
  const names = Array.from({ length: 12 }, (_, index) => `traveller ${index}`);

  before(async () => {
    redis = await redisServer(program ?? '');
    several = await severalServers(2, { REDIS_URL: redis.url });
    nginx = await nginxInFrontOf(
      proxy ?? '',
      several.servers.map(({ base }) => base),
    );
    watchers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => person(nginx.base, `watcher ${index}`)),
    );
    people = await travellers(nginx.base, names);
    await people.progress(100);
  });
  after(async () => {
    await people.close();
    await nginx.close();
    await several.dispose();
    await redis.dispose();
  });

  it('[BK12] [BK17] send each replica over to the others, at once', async () => {
    const [first] = several.servers;
    const sockets = await Promise.all(watchers.map((watcher) => watcher.open(first?.base ?? '')));
    const byes = Promise.all(
      sockets.map(async (socket, index) => {
        const { code, retryAfterMs = 0 } = await socket.next<WireError>('bye');
        equal(code, 'unavailable');
        ok(retryAfterMs <= 250, `${retryAfterMs} ms`);
        // Through the proxy, which knows who listens.
        return watchers[index]?.open(nginx.base);
      }),
    );
    equal(await first?.end('SIGTERM'), 0);
    const back = await byes;
    equal(back.length, watchers.length);
    for (const socket of back) socket?.socket.disconnect();
    await first?.start();
  });

  it('[LG5] [OP4] [BK17] lose nothing of what was acknowledged, and take nothing twice', async () => {
    for (const server of several.servers) {
      equal(await server.end('SIGTERM'), 0);
      await people.progress(60);
      await server.start();
      await people.progress(60);
    }
    await people.arrive();
  });

  it('[WR13] [WR19] serve those whose web sockets are blocked, too', async () => {
    const [watcher] = watchers;
    const auth = { version: 1, site: 'pk_demo', token: watcher?.token };
    const polling = await openSocket(nginx.base, auth, ['polling']);
    const hello = { version: 1, replicaId: 'polling', scopes: [] };
    for (let time = 0; time < 10; time++) await polling.ask('hello', hello);
    polling.socket.disconnect();
  });
});
