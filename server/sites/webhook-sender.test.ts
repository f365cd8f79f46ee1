import { deepEqual, equal, match } from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { type OutboundAnswer, OutboundError, type OutboundRequest } from '../ports/outbound.ts';
import type { Store, WebhookEvent } from '../ports/store.ts';
import { createWebhookSender, maxAttempts, pauseMs, type WebhookSender } from './webhook-sender.ts';
import { signedHeaders } from './webhook-signature.ts';
import { type HandTimers, handTimers, putSite, testReceiver } from './webhooks-fixture.ts';

const secrets = [
  `whsec_${Buffer.from('one').toString('base64')}`,
  `whsec_${Buffer.from('two').toString('base64')}`,
];

describe('the sender of webhooks', () => {
  let store: Store;
  let timers: HandTimers;
  let nowMs: number;
  let sender: WebhookSender;
  let got: OutboundRequest[];
  let answer: (request: OutboundRequest) => Promise<Partial<OutboundAnswer>>;
  const bugs: unknown[] = [];
  const clock = { nowMs: () => nowMs };
  const senderOf = (): WebhookSender => {
    const receiver = testReceiver((request) => answer(request));
    got = receiver.got;
    return createWebhookSender({
      outbox: store.webhookOutbox,
      ...{ sites: store.sites, users: store.users, outbound: receiver.outbound, clock, timers },
      secretsOf: () => secrets,
      random: () => 0.5,
      onBug: (error) => bugs.push(error),
    });
  };
  beforeEach(async () => {
    store = createSqliteStore({ path: ':memory:' });
    timers = handTimers();
    nowMs = 1_700_000_000_000;
    answer = async () => ({});
    sender = senderOf();
    await putSite(store);
  });
  afterEach(async () => {
    await sender.close();
    await store.close();
    deepEqual(bugs, []);
  });

  const add = (eventId: string, over: Partial<WebhookEvent> = {}) =>
    store.webhookOutbox.add([{ ...event, eventId, ...over }]);
  const send = async (): Promise<void> => {
    timers.fire();
    await sender.settled();
  };
  const stateOf = async (eventId: string) => {
    const all = await store.webhookOutbox.list({}, 999);
    return all.find((one) => one.eventId === eventId);
  };

  it('[WH4] signs id, time and body as Standard Webhooks do, with each secret that is good', async () => {
    const [known] = [`whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`];
    // The example of the scheme’s own libraries.
    const headers = signedHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      1_614_265_330_000,
      [known],
    );
    equal(headers['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    await add('e1');
    await send();
    const [request] = got;
    if (!request) throw new Error('Nothing was sent');
    const {
      'webhook-id': id,
      'webhook-timestamp': time = '',
      'webhook-signature': signed,
    } = request.headers;
    equal(id, 'e1');
    equal(time, '1700000000');
    const signatures = ['one', 'two'].map((key) =>
      createHmac('sha256', key).update(`e1.${time}.${request.body}`).digest('base64'),
    );
    equal(signed, signatures.map((one) => `v1,${one}`).join(' '));
  });

  it('says what happened, and to whom by the site’s own id', async () => {
    await store.users.create({
      ...{ userId: 'ana', siteId: 's1', name: 'Ana', guest: false, email: null, createdAtMs: 1 },
      ...{ emailVerifiedAtMs: null, passwordHash: null, externalId: 'customer 7' },
    });
    await add('e1');
    await send();
    deepEqual(JSON.parse(got[0]?.body ?? ''), {
      type: 'member.joined',
      timestamp: '2023-11-14T22:13:20.000Z',
      data: {
        groupId: 'road',
        memberId: 'ana',
        people: [{ id: 'ana', name: 'Ana', externalId: 'customer 7' }],
      },
    });
    deepEqual([got[0]?.url, (await stateOf('e1'))?.state], ['https://a.example/hook', 'delivered']);
  });

  it('[WH5] tries again for about a day, less and less often, and then gives up', async () => {
    answer = async () => ({ status: 500 });
    await add('e1');
    const pauses: number[] = [];
    for (let attempt = 1; attempt < maxAttempts; attempt++) {
      await send();
      const { nextAtMs = 0, attempts } = (await stateOf('e1')) ?? {};
      equal(attempts, attempt);
      pauses.push(nextAtMs - nowMs);
      nowMs = nextAtMs - 1;
      await send();
      equal(got.length, attempt);
      nowMs = nextAtMs;
    }
    await send();
    const given = await stateOf('e1');
    deepEqual([given?.state, given?.problem], ['dead', 'It answered 500']);
    deepEqual(pauses.slice(0, 4), [5_000, 15_000, 45_000, 135_000]);
    const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
    equal(hours > 20 && hours < 30, true, String(hours));
    nowMs += 90_000_000;
    await send();
    equal(got.length, maxAttempts);
    // [WH3] Asked to, it begins anew.
    await store.webhookOutbox.retry('s1', nowMs);
    answer = async () => ({});
    await send();
    equal((await stateOf('e1'))?.state, 'delivered');
  });

  it('[WH5] spreads its attempts', () => {
    deepEqual(
      [0, 0.5, 1].map((random) => pauseMs(1, () => random)),
      [4_000, 5_000, 6_000],
    );
  });

  it('waits as long as the receiver asks, and gives up at once where it wants no more', async () => {
    answer = async () => ({ status: 429, retryAfterMs: 600_000 });
    await add('e1');
    await send();
    equal((await stateOf('e1'))?.nextAtMs, nowMs + 600_000);
    answer = async () => ({ status: 410 });
    nowMs += 600_000;
    await send();
    equal((await stateOf('e1'))?.state, 'dead');
    nowMs += 10_000;
    answer = async () => {
      throw new OutboundError('It is not on the public internet');
    };
    await add('e2');
    await send();
    match((await stateOf('e2'))?.problem ?? '', /public internet/);
  });

  it('[WH7] serves the others while one receiver is dead, which is asked a few times and left alone', async () => {
    await putSite(store, { url: 'https://dead.example/' }, 's2');
    const hang = Promise.withResolvers<Partial<OutboundAnswer>>();
    answer = ({ url }) => (url.includes('dead') ? hang.promise : Promise.resolve({}));
    for (let count = 0; count < 50; count++) {
      await add(`dead-${count}`, { siteId: 's2', atMs: count });
      await add(`live-${count}`, { atMs: count });
    }
    timers.fire();
    const live = () => got.filter(({ url }) => url.includes('a.example')).length;
    while (live() < 50) await new Promise((resolve) => setImmediate(resolve));
    equal(got.length - live() <= 8, true);
    hang.resolve({ status: 503 });
    await sender.settled();
    equal(got.length - live() <= 8, true);
  });

  it('[WH2] sends each event from one process, and what a process died over from another', async () => {
    const first = got;
    const hang = Promise.withResolvers<Partial<OutboundAnswer>>();
    answer = () => hang.promise;
    await add('e1');
    timers.fire();
    while (first.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const dying = sender;
    await dying.close();
    answer = async () => ({});
    sender = senderOf();
    await send();
    equal(got.length, 0);
    nowMs += 61_000;
    await send();
    deepEqual(
      got.map(({ headers }) => headers['webhook-id']),
      ['e1'],
    );
    hang.resolve({ status: 500 });
    await dying.settled();
    equal((await stateOf('e1'))?.state, 'delivered');
  });
});

const event: WebhookEvent = {
  eventId: 'e1',
  siteId: 's1',
  type: 'member.joined',
  atMs: 1_700_000_000_000,
  data: { groupId: 'road', memberId: 'ana' },
};
