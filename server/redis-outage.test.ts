import { equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../scripts/testing/until.ts';
import type { CommitsMessage, HeadsMessage } from '../sdk/protocol/wire.ts';
import {
  noRedis,
  type RedisServer,
  redisProgram,
  redisServer,
} from './adapters/redis/redis-server-fixture.ts';
import type { TestSocket } from './gateway/gateway-fixture.ts';
import { type Person, person, pushOf, type Several, severalServers } from './several-fixture.ts';
import { type Toxiproxy, toxiproxy } from './toxiproxy-fixture.ts';
import { type Travellers, travellers } from './travel-fixture.ts';

const program = redisProgram();
const proxy = process.env['TOXIPROXY_BIN'];
const slowMs = 300;
const noToxiproxy = 'NO TOXIPROXY TO TEST WITH: set TOXIPROXY_BIN';
if (!proxy) process.stdout.write(`${noToxiproxy}\n`);
const skip = (program === undefined && noRedis) || (!proxy && noToxiproxy) || false;

// A suite that is skipped is not counted; a test is.
if (skip) it('processes whose Redis fails under load', { skip });

describe('processes whose Redis fails under load', { skip, timeout: 300_000 }, () => {
  let redis: RedisServer;
  let link: Toxiproxy;
  let several: Several;
  let ana: Person;
  let scope: string;
  let writer: TestSocket;
  let reader: TestSocket;
  let people: Travellers;
  let number = 0;
  let heardSeq = 0;
  let isHeard = (): void => {};

  /** @returns how long each of some pushes took, one after the other */
  const pushes = async (count: number): Promise<readonly number[]> => {
    const tookMs: number[] = [];
    for (let index = 0; index < count; index++) {
      number += 1;
      const beganMs = performance.now();
      const op = ['messages.send', { messageId: `m${number}`, text: 'On the road' }] as const;
      await writer.ask('push', pushOf(scope, ana, number, op));
      tookMs.push(performance.now() - beganMs);
    }
    return tookMs;
  };

  /** Resolves when the reader, at the other process, has heard that the log is that far, by commits or heads. */
  const heard = (seq: number): Promise<void> =>
    new Promise((resolve) => {
      isHeard = () => heardSeq >= seq && resolve();
      isHeard();
    });
  const hear = (seq: number): void => {
    heardSeq = Math.max(heardSeq, seq);
    isHeard();
  };

  const busOf = async (base: string): Promise<unknown> =>
    (await (await fetch(`${base}/readyz`)).json()).bus;
  /** Resolves when every process says so of Redis. */
  const allSay = async (wanted: 'ok' | 'away'): Promise<void> => {
    for (const { base } of several.servers) {
      await until(
        async () => (await busOf(base)) === wanted,
        `${base} says that Redis is ${wanted}`,
      );
    }
  };

  before(async () => {
    redis = await redisServer(program ?? '');
    link = await toxiproxy(proxy ?? '', `127.0.0.1:${redis.port}`);
    several = await severalServers(2, { REDIS_URL: `redis://${link.address}` });
    const [here = '', there = ''] = several.servers.map(({ base }) => base);
    ana = await person(here, 'Ana');
    const { id } = await ana.ask(here, 'groups', { name: 'Road' });
    scope = `g:${id}`;
    [writer, reader] = await Promise.all([ana.open(here, scope), ana.open(there, scope)]);
    reader.socket.on('commits', ({ commits }: CommitsMessage) => {
      for (const { seq, count } of commits) hear(seq + count - 1);
    });
    reader.socket.on('heads', (heads: HeadsMessage) => {
      for (const [, , seq] of heads) hear(seq);
    });
    people = await travellers([here, there], ['bo', 'cy', 'dee']);
  });
  after(async () => {
    for (const { socket } of [writer, reader]) socket.disconnect();
    await people.close();
    await several.dispose();
    await link.end();
    await redis.dispose();
  });

  for (const [fault, begin, isApart] of [
    ['is slow', () => link.toxic('latency', { latency: slowMs }), false],
    ['resets every connection', () => link.toxic('reset_peer', { timeout: 0 }), true],
    ['hangs', () => link.toxic('timeout', { timeout: 0 }), true],
    ['is killed and restarted', () => redis.kill(), true],
  ] as const) {
    it(`[WR20] answer without waiting for it while it ${fault}, and catch up`, async (context) => {
      await pushes(20);
      const before = await pushes(60);
      await begin();
      await people.progress(30);
      if (isApart) await allSay('away');
      const meanwhile = await pushes(60);
      // Who is at the other process is not left behind for long, Redis or not.
      const { head } = await writer.ask<{ head: [number, number, string] }>('pull', {
        scope,
        cursor: null,
      });
      await heard(head[1]);
      if (fault.startsWith('is killed')) await redis.start();
      else await link.clear();
      await allSay('ok');
      await people.progress(30);
      const [usual, worse] = [percentile(before, 50), percentile(meanwhile, 50)];
      const figures = `p50 ${worse.toFixed(1)} ms, before ${usual.toFixed(1)} ms`;
      context.diagnostic(figures);
      // Who waits for Redis waits every time: as long as it is slow, and for ever while it hangs.
      ok(Math.min(...meanwhile) < slowMs, figures);
      // `npm run bench:outages`, on a quiet machine.
      if (process.env['SECONDS']) ok(worse <= 2 * usual, figures);
    });
  }

  it('[LG5] [WR20] have in the end all that was acknowledged, once, with everybody in step and no process hurt', async () => {
    await people.arrive();
    for (const server of several.servers) equal(await server.end('SIGTERM'), 0);
  });
});

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((percent / 100) * (sorted.length - 1))] ?? Number.NaN;
}
