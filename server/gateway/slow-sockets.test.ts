import { deepEqual, equal, ok } from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { HeadsMessage, LiveMessage, PullAnswer } from '../../sdk/protocol/wire.ts';
import { actor, groupState, road, testReplica } from '../sync/sync-fixture.ts';
import { createGatewayBench, type GatewayBench, type TestSocket } from './gateway-fixture.ts';
import { type SlowRules, slowRules } from './slow-sockets.ts';
import { openStillReader, type StillReader } from './still-reader-fixture.ts';

describe('A socket whose reader is slow', () => {
  let bench: GatewayBench;
  let ana: TestSocket;
  const readers: StillReader[] = [];
  const phone = testReplica('ana');

  const start = async (rules: Partial<SlowRules> = {}): Promise<void> => {
    // What waits is only what is said: pings come by a clock that no test owns.
    const pingEveryMs = 3_600_000;
    bench = await createGatewayBench({ slow: { ...slowRules, ...rules }, pingEveryMs });
    ana = await bench.open('ana');
  };
  const reader = async (): Promise<StillReader> => {
    const opened = await openStillReader(bench.url, 'bo', road);
    readers.push(opened);
    return opened;
  };
  afterEach(async () => {
    for (const one of readers.splice(0)) one.close();
    await bench.close();
  });

  let messages = 0;
  /** Text that does not get smaller when it is packed. */
  const noise = (chars: number): string => {
    let seed = messages;
    return Array.from({ length: chars }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return String.fromCharCode(33 + ((seed >> 16) % 90));
    }).join('');
  };
  /** Some hundred kilobytes in one commit. */
  const pushMuch = async (): Promise<void> => {
    const ops = Array.from({ length: 60 }, () =>
      phone.op('messages.send', { messageId: `m${++messages}`, text: noise(4_000) }),
    );
    await bench.logs.push(actor('ana'), phone.push(...ops));
  };
  const fixAt = (lat: number) => ({
    scope: road,
    deviceId: 'd',
    mode: 'precise',
    fix: { lat, lng: 1, accuracyM: 1, atMs: bench.clock.nowMs() },
  });
  const slowSockets = () => bench.gateway.slowSockets;
  /** Until the network takes no more for this many. */
  const pushUntilBehind = async (count: number): Promise<void> => {
    while (slowSockets().behind < count) {
      await pushMuch();
      // However long that takes: who answers no ping is gone after a while.
      for (const one of readers) one.pong();
    }
  };
  const look = async (times = 1): Promise<void> => {
    bench.seconds(times);
    await setImmediate();
  };

  it('[WR21] gets no more of its groups’ commits than a bound, then the head, and pulls', async () => {
    await start();
    const bo = await reader();
    bo.stopReading();
    await pushUntilBehind(1);
    const waits = slowSockets().waitingBytes;
    for (let more = 0; more < 20; more++) await pushMuch();
    equal(slowSockets().waitingBytes, waits);

    const heads = bo.next('heads');
    bo.readOn();
    while (slowSockets().behind > 0) await look();
    const { generation, seq } = await bench.logs.viewOf(road);
    deepEqual(await heads, [[road, generation, seq]] satisfies HeadsMessage);
    const heardCommits = bo.heard.filter(([event]) => event === 'commits').length;
    ok(heardCommits < messages / 60, `${heardCommits} commits`);
    const other = await bench.open('bo');
    const pulled = await other.ask<PullAnswer>('pull', { scope: road, cursor: null });
    equal(pulled.head[1], seq);
    equal((await groupState(bench)).messages.size > 0, true);
  });

  it('[WR22] hears of positions the newest, once it reads again', async () => {
    await start();
    const bo = await reader();
    bo.stopReading();
    await pushUntilBehind(1);
    for (let lat = 1; lat <= 50; lat++) {
      await ana.ask('live', fixAt(lat));
      await setImmediate();
    }
    const live = bo.next('live');
    bo.readOn();
    while (slowSockets().behind > 0) await look();
    const { entries, whole } = (await live) as LiveMessage;
    deepEqual([entries.map(({ fix }) => fix?.lat), whole], [[50], true]);
    equal(bo.heard.filter(([event]) => event === 'live').length, 1);
  });

  it('[WR23] is cut when it asks on and takes no answer, and nobody else is', async () => {
    await start({ cutBytes: 1_000_000 });
    await pushMuch();
    const bo = await reader();
    bo.stopReading();
    // Each answer is a quarter of a megabyte.
    for (let asked = 0; asked < 40; asked++) bo.say('pull', { scope: road, cursor: null });
    while (slowSockets().cut === 0) await setImmediate();
    bo.readOn();
    await bo.closed;
    deepEqual(slowSockets(), { behind: 0, waitingBytes: 0, cut: 1 });
    ok(await ana.ask('time', 0));
    equal(bench.gateway.socketCount, 1);
    deepEqual(bench.bugs, []);
  });

  it('[WR23] is cut when it takes nothing for long, though it answers pings', async () => {
    await start({ patienceLooks: 20 });
    const bo = await reader();
    bo.stopReading();
    await pushUntilBehind(1);
    bo.pong();
    // The network may take a little more at first.
    let looks = 0;
    for (; slowSockets().cut === 0; looks++) await look();
    ok(looks > 20, `${looks} looks`);
    deepEqual(slowSockets(), { behind: 0, waitingBytes: 0, cut: 1 });
  });

  it('[WR23] is cut first where the most waits, once all together hold too much', async () => {
    await start({ totalBytes: 700_000 });
    await pushMuch();
    const [bo, greedy] = [await reader(), await reader()];
    bo.stopReading();
    greedy.stopReading();
    await pushUntilBehind(2);
    const before = slowSockets().waitingBytes;
    for (let asked = 0; asked < 8; asked++) greedy.say('pull', { scope: road, cursor: null });
    while (slowSockets().waitingBytes < before + 700_000) await setImmediate();
    await look();
    equal(slowSockets().cut, 1);
    greedy.readOn();
    await greedy.closed;
    equal(slowSockets().behind, 1);
  });

  it('[WR21] takes bounded memory, a thousand of them', async () => {
    await start();
    const all = await Promise.all(Array.from({ length: 1_000 }, reader));
    for (const one of all) one.stopReading();
    await pushUntilBehind(all.length);
    const before = slowSockets();
    const usedBefore = process.memoryUsage.rss();
    for (let more = 0; more < 20; more++) await pushMuch();
    const after = slowSockets();
    deepEqual([after.behind, after.cut], [all.length, 0]);
    equal(after.waitingBytes, before.waitingBytes);
    // Twenty commits of a quarter of a megabyte; the log keeps them, the sockets do not.
    ok(process.memoryUsage.rss() - usedBefore < 200_000_000);
  });
});
