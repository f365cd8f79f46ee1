import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { limits } from '../../sdk/protocol/limits.ts';
import { type PushAnswer, socketPath } from '../../sdk/protocol/wire.ts';
import { groupState, road, testReplica } from '../sync/sync-fixture.ts';
import { createGatewayBench, type GatewayBench, type TestSocket } from './gateway-fixture.ts';

describe('A socket that misbehaves', () => {
  let bench: GatewayBench;
  let ana: TestSocket;
  beforeEach(async () => {
    bench = await createGatewayBench();
    ana = await bench.open('ana');
  });
  afterEach(() => bench.close());

  /** Whatever was sent: nothing has changed, this socket and the process live on, and no bug was met. */
  const unharmed = async () => {
    ok(await ana.ask('time', 0));
    equal((await bench.logs.viewOf(road)).seq, 3);
    deepEqual(bench.bugs, []);
  };
  const message = (text: string) => {
    const phone = testReplica('ana');
    const { scope, batch, runs } = phone.push(phone.op('messages.send', { messageId: 'm', text }));
    return { scope, batch, runs };
  };

  const events = ['hello', 'follow', 'unfollow', 'push', 'pull', 'chunk', 'live', 'token'];
  const nonsense = [
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { scope: '../etc' },
    { scope: 'x:road', cursor: 5, runs: 3 },
  ];
  for (const name of events) {
    it(`[WR10] gets invalid for nonsense to ${name}`, async () => {
      for (const input of nonsense) await rejects(ana.ask(name, input), { code: 'invalid' });
      await unharmed();
    });
  }

  it('[WR10] gets no answer where it asks for none, and does no harm', async () => {
    for (const name of [...events, 'time']) ana.socket.emit(name, { scope: 5 });
    ana.socket.emit('push', message('quiet'));
    ana.socket.emit('nobody-knows-this', 1);
    ana.socket.emit(
      'push',
      () => {},
      () => {},
    );
    // Answered behind the one that asked for no answer.
    await ana.ask('push', { ...message('quiet'), runs: [] });
    equal((await groupState(bench)).messages.size, 1);
    deepEqual(bench.bugs, []);
  });

  it('[WR1] gets too-large for a message above the limit', async () => {
    const junk = { ...message('x'), junk: 'y'.repeat(limits.maxMessageBytes) };
    await rejects(ana.ask('push', junk), { code: 'too-large' });
    await unharmed();
  });

  it('[WR1] gets too-large for too many ops in one push', async () => {
    const phone = testReplica('ana');
    const ops = Array.from({ length: limits.maxBatchOps + 1 }, (_, index) =>
      phone.op('messages.send', { messageId: `m${index}`, text: 'x' }),
    );
    const { scope, batch, runs } = phone.push(...ops);
    await rejects(ana.ask('push', { scope, batch, runs }), { code: 'too-large' });
    await unharmed();
  });

  it('[OP16] gets update-needed for ops of a version that is not known', async () => {
    const push = message('x');
    const runs = push.runs.map((run) => ({ ...run, version: 99 }));
    await rejects(ana.ask('push', { ...push, runs }), { code: 'update-needed' });
    await unharmed();
  });

  it('[WR10] loses the one op whose payload is wrong, with the reason', async () => {
    const phone = testReplica('ana');
    const wrong = phone.op('messages.send', { messageId: 'm', text: '' });
    const { scope, batch, runs } = phone.push(wrong);
    const answer = await ana.ask<PushAnswer>('push', { scope, batch, runs });
    deepEqual(
      answer.refused.map(([number, code]) => [number, code]),
      [[1, 'invalid']],
    );
    await unharmed();
  });

  it('[AC4] of another group’s gets forbidden at every door', async () => {
    const eve = await bench.open('eve');
    const cursor = [1, 3, 'aa'];
    const fix = { lat: 1, lng: 1, accuracyM: 1, atMs: 0 };
    const doors: [string, unknown][] = [
      ['follow', { scope: road, cursor: null }],
      ['pull', { scope: road, cursor: null }],
      ['chunk', { scope: road, cursor, offset: 0 }],
      ['live', { scope: road, deviceId: 'd', mode: 'precise', fix }],
      ['push', { scope: road, batch: 1, runs: [] }],
      ['pull', { scope: 'u:ana', cursor: null }],
    ];
    for (const [name, input] of doors) await rejects(eve.ask(name, input), { code: 'forbidden' });
    await unharmed();
  });

  it('[WR2] gets rate-limited for more pushes at once than the window holds', async () => {
    const pushes = Array.from({ length: limits.pushWindow * 6 }, () => ({
      ...message('x'),
      runs: [],
    }));
    const outcomes = await Promise.allSettled(pushes.map((push) => ana.ask('push', push)));
    const codes = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? outcome.reason.code : 'ok',
    );
    const taken = codes.indexOf('rate-limited');
    ok(taken >= limits.pushWindow, codes.join());
    deepEqual(new Set(codes), new Set(['ok', 'rate-limited']));
    await unharmed();
  });

  it('[WR16] gets rate-limited for a flood, with how long to wait, and is heard again after', async () => {
    const flood = await Promise.allSettled(
      Array.from({ length: 320 }, () => ana.ask('unfollow', { scope: road })),
    );
    const refused = flood.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    equal(refused.length, 20);
    equal(refused[0]?.code, 'rate-limited');
    ok(refused[0]?.retryAfterMs > 0);
    bench.clock.advance(1_000);
    await unharmed();
  });

  it('is cut off for bytes that are no protocol, or far too many, and the others are not', async () => {
    for (const bytes of [
      '42["push",{"unfinished":',
      '4'.repeat(3 * limits.maxMessageBytes),
      '\u0000�',
    ]) {
      const address = `${bench.url.replace('http', 'ws')}${socketPath}/?EIO=4&transport=websocket`;
      const raw = new WebSocket(address);
      const closed = new Promise((resolve) => raw.addEventListener('close', resolve));
      await new Promise((resolve) => raw.addEventListener('open', resolve));
      raw.send('40{"version":1,"site":"pk_demo","token":"bo"}');
      raw.send(bytes);
      await closed;
    }
    await unharmed();
  });
});
