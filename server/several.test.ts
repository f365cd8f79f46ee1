import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CommitsMessage, EndedScope, LiveMessage, WireError } from '../sdk/protocol/wire.ts';
import {
  noRedis,
  type RedisServer,
  redisProgram,
  redisServer,
} from './adapters/redis/redis-server-fixture.ts';
import { mongoServer, noServer } from './adapters/store/mongo/mongo-server-fixture.ts';
import type { TestSocket } from './gateway/gateway-fixture.ts';
import { type Person, person, pushOf, type Several, severalServers } from './several-fixture.ts';
import { travellers } from './travel-fixture.ts';

const program = redisProgram();
const database = await mongoServer();

const stores: readonly {
  readonly name: string;
  readonly env: () => Readonly<Record<string, string>>;
  readonly missing: string | undefined;
}[] = [
  { name: 'one SQLite file', env: () => ({}), missing: undefined },
  {
    name: 'MongoDB’s protocol',
    env: () => ({ MONGODB_URI: database?.newDatabase() ?? '' }),
    missing: database ? undefined : noServer,
  },
];

for (const { name, env, missing } of stores) {
  const skip = (program === undefined && noRedis) || missing || false;
  // A suite that is skipped is not counted; a test is.
  if (skip) it(`two processes on ${name}`, { skip });

  describe(`two processes on ${name}`, { skip, timeout: 300_000 }, () => {
    let redis: RedisServer;
    let several: Several;
    let here: string;
    let there: string;
    let ana: Person;
    let bo: Person;
    let scope: string;
    const sockets: TestSocket[] = [];

    const open = async (who: Person, base: string): Promise<TestSocket> => {
      const socket = await who.open(base, scope);
      sockets.push(socket);
      return socket;
    };

    before(async () => {
      redis = await redisServer(program ?? '');
      several = await severalServers(2, { REDIS_URL: redis.url, ...env() });
      [here = '', there = ''] = several.servers.map(({ base }) => base);
      [ana, bo] = await Promise.all([person(here, 'Ana'), person(there, 'Bo')]);
      const { id } = await ana.ask(here, 'groups', { name: 'Road' });
      scope = `g:${id}`;
      const { code } = await ana.ask(here, `groups/${id}/invitations`, {});
      await bo.ask(there, 'groups/join', { code });
    });
    after(async () => {
      for (const { socket } of sockets) socket.disconnect();
      await several.dispose();
      await redis.dispose();
    });

    it('[WR19] tell each other what was written', async () => {
      const reader = await open(bo, there);
      const writer = await open(ana, here);
      const told = reader.next<CommitsMessage>('commits');
      await writer.ask(
        'push',
        pushOf(scope, ana, 1, ['messages.send', { messageId: 'm1', text: 'Hi' }]),
      );
      const { commits } = await told;
      equal(commits[0]?.runs[0]?.authorId, ana.userId);
    });

    it('[WR19] tell each other where devices are, also one that has just begun', async () => {
      const [reader, writer] = [await open(bo, there), await open(ana, here)];
      const fix = { lat: 52.5, lng: 13.4, accuracyM: 5, atMs: Date.now() };
      const told = reader.next<LiveMessage>('live');
      await writer.ask('live', { scope, deviceId: 'phone', mode: 'precise', fix });
      equal((await told).entries[0]?.fix?.lat, 52.5);
      const [, second] = several.servers;
      equal(await second?.end('SIGTERM'), 0);
      await second?.start();
      const again = await open(bo, there);
      const { live } = await again.ask<{ live: LiveMessage }>('follow', { scope, cursor: null });
      equal(live.entries[0]?.deviceId, 'phone');
    });

    it('[AC2] [WR19] cut the sockets of who was removed through the other, before they hear more', async () => {
      const reader = await open(bo, there);
      const writer = await open(ana, here);
      const ended = reader.next<EndedScope>('ended');
      await writer.ask('push', pushOf(scope, ana, 2, ['members.remove', { memberId: bo.userId }]));
      await writer.ask(
        'push',
        pushOf(scope, ana, 3, ['messages.send', { messageId: 'm2', text: 'Psst' }]),
      );
      deepEqual((await ended).code, 'removed');
      equal(reader.waiting('commits'), 0);
    });

    it('[ID5] lead fifty refreshes of one token to one live successor', async () => {
      const dee = await person(here, 'Dee');
      const refresh = (base: string, refreshToken: string) =>
        dee.ask(base, 'auth/refresh', { site: 'pk_demo', via: 'body', refreshToken });
      const storm = async (token: string): Promise<ReadonlySet<string>> => {
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, index) => refresh(index % 2 ? here : there, token)),
        );
        return new Set(answers.map(({ refreshToken }) => String(refreshToken)));
      };
      const [successor = '', ...others] = await storm(dee.refreshToken);
      deepEqual(others, []);
      // It is alive, in both.
      equal((await storm(successor)).size, 1);
    });

    it('[WR19] end the sockets of who signed out through the other', async () => {
      const cy = await person(here, 'Cy');
      const socket = await cy.open(there);
      sockets.push(socket);
      const bye = socket.next<WireError>('bye');
      const { refreshToken } = cy;
      await cy.ask(here, 'auth/sign-out', { site: 'pk_demo', via: 'body', refreshToken });
      equal((await bye).code, 'unauthenticated');
    });

    it('[LG1] [LG3] take what replicas of both write at once, each op once, and all agree', async () => {
      const people = await travellers([here, there], ['a', 'b', 'c', 'd']);
      await people.progress(200);
      await people.arrive();
      await people.close();
    });

    it('[WR20] cut within five seconds who signed out through the other while Redis is away', async (context) => {
      const dee = await person(here, 'Dee');
      const socket = await dee.open(there);
      sockets.push(socket);
      await redis.kill();
      const bye = socket.next<WireError>('bye');
      const beganMs = performance.now();
      const { refreshToken } = dee;
      await dee.ask(here, 'auth/sign-out', { site: 'pk_demo', via: 'body', refreshToken });
      equal((await bye).code, 'unauthenticated');
      const tookMs = performance.now() - beganMs;
      await redis.start();
      const figures = `${Math.round(tookMs)} ms`;
      context.diagnostic(figures);
      // `npm run bench:outages`, on a quiet machine; Redis was away for all of it.
      if (process.env['SECONDS']) ok(tookMs < 5_000, figures);
    });
  });
}
