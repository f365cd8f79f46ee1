import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { Store } from '../ports/store.ts';
import {
  actor,
  createSyncBench,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from '../sync/sync-fixture.ts';
import { createWebhookFeed, type WebhookFeed } from './webhook-feed.ts';
import { type HandTimers, handTimers, putSite } from './webhooks-fixture.ts';

describe('the feed of webhooks', () => {
  let store: Store;
  let bench: SyncBench;
  let feed: WebhookFeed;
  let added: number;
  let timers: HandTimers;
  beforeEach(() => {
    store = createSqliteStore({ path: ':memory:' });
    bench = createSyncBench(store);
    added = 0;
    timers = handTimers();
    feed = feedOf(bench);
  });
  afterEach(async () => {
    await feed.close();
    deepEqual(bench.bugs, []);
    await store.close();
  });

  const feedOf = ({ logs, clock, bugs }: SyncBench): WebhookFeed =>
    createWebhookFeed({
      ...{ store, logs, clock, timers },
      onAdded: () => {
        added += 1;
      },
      onBug: (error) => bugs.push(error),
    });
  const told = async () => {
    const events = await store.webhookOutbox.list({}, 99);
    return events.map(({ type, data }) => [
      type,
      data['memberId'] ?? data['itemId'] ?? data['sessionId'],
    ]);
  };
  const add = (itemId: string, of = bench) =>
    of.logs.appendServerOps(road, [
      { type: 'playlist.add', authorId: 'ana', payload: { items: [{ itemId, title: 'T' }] } },
    ]);

  it('[WH1] notices who joined, what was added and what began, from the log, once', async () => {
    await putSite(store);
    await makeGroup(bench);
    await add('i1');
    const phone = testReplica('ana');
    await bench.logs.push(actor('ana'), phone.push(phone.op('session.start', { sessionId: 'x1' })));
    await feed.settled();
    deepEqual((await told()).sort(), [
      ['member.joined', 'ana'],
      ['member.joined', 'bo'],
      ['session.started', 'x1'],
      ['track.added', 'i1'],
    ]);
    const [event] = await store.webhookOutbox.list({ siteId: 's1' }, 1);
    equal(event?.data['groupId'], 'road');
    // Nothing new is nothing to send.
    const before = added;
    await feed.sweep();
    equal(added, before);
    equal((await told()).length, 4);
  });

  it('[WH1] finds what a process died over, and two that look at once find the same', async () => {
    await putSite(store);
    await feed.close();
    await makeGroup(bench);
    await add('i1');
    const others = [feedOf(bench), feedOf(bench)];
    await Promise.all(others.map((other) => other.sweep()));
    equal((await told()).length, 3);
    for (const other of others) await other.close();
  });

  it('tells nothing of what was before somebody listened, nor of what nobody wants', async () => {
    await makeGroup(bench);
    await add('i1');
    bench.clock.advance(10_000);
    await putSite(store, { sinceMs: bench.clock.nowMs(), types: ['track.added'] });
    await feed.sweep();
    deepEqual(await told(), []);
    await add('i2');
    await bench.logs.appendServerOps(road, [
      { type: 'members.join', payload: { memberId: 'cy', name: 'Cy', role: 'member' } },
    ]);
    await feed.settled();
    deepEqual(await told(), [['track.added', 'i2']]);
  });

  it('[WH1] tells what happened after a site began to listen and before this process knew', async () => {
    await makeGroup(bench);
    await feed.sweep();
    await putSite(store, { sinceMs: bench.clock.nowMs(), types: ['track.added'] });
    await add('i1');
    await feed.settled();
    deepEqual(await told(), []);
    bench.clock.advance(5_000);
    timers.fire();
    await feed.settled();
    await feed.settled();
    deepEqual(await told(), [['track.added', 'i1']]);
  });

  it('tells nothing of another site', async () => {
    await putSite(store, {}, 's2');
    await makeGroup(bench);
    await feed.settled();
    await feed.sweep();
    deepEqual(await told(), []);
  });

  it('goes on where a log was wound back, and tells what is written there', async () => {
    await putSite(store);
    await makeGroup(bench);
    await add('i1');
    await feed.settled();
    await bench.logs.rewind(road, { toSeq: 3, rejoin: false });
    await add('i2');
    await feed.settled();
    deepEqual((await told()).filter(([type]) => type === 'track.added').sort(), [
      ['track.added', 'i1'],
      ['track.added', 'i2'],
    ]);
  });

  it('[WH1] tells nothing twice of an op that comes again after its log was wound back', async () => {
    await putSite(store);
    await makeGroup(bench);
    const phone = testReplica('ana');
    const first = phone.push(phone.op('playlist.add', { items: [{ itemId: 'i1', title: 'T' }] }));
    await bench.logs.push(actor('ana'), first);
    await feed.settled();
    const before = await store.webhookOutbox.list({}, 99);
    await bench.logs.rewind(road, { toSeq: 3, rejoin: true });
    bench.clock.advance(5_000);
    await add('i2');
    await bench.logs.push(actor('ana'), first);
    await feed.settled();
    const added = (await told()).filter(([type]) => type === 'track.added');
    deepEqual(added.sort(), [
      ['track.added', 'i1'],
      ['track.added', 'i2'],
    ]);
    equal((await store.webhookOutbox.list({}, 99)).length, before.length + 1);
  });

  it('knows a session that began from one that was joined', async () => {
    await putSite(store);
    await makeGroup(bench);
    for (const userId of ['ana', 'bo']) {
      const phone = testReplica(userId);
      const start = phone.op('session.start', { sessionId: `by-${userId}` });
      await bench.logs.push(actor(userId), phone.push(start));
    }
    await feed.settled();
    deepEqual(
      (await told()).filter(([type]) => type === 'session.started'),
      [['session.started', 'by-ana']],
    );
  });

  it('[WH1] tells of a report, also where the process died between the two', async () => {
    await putSite(store);
    const atMs = bench.clock.nowMs();
    const report = {
      reportId: 'r1',
      siteId: 's1',
      groupId: 'road',
      memberId: 'bo',
      reporterId: 'ana',
    };
    await store.reports.add({ ...report, reason: 'Threats', atMs });
    await feed.sweep();
    feed.reportFiled({ ...report, reason: 'Threats', atMs });
    await feed.settled();
    const events = await store.webhookOutbox.list({}, 9);
    deepEqual(
      events.map(({ type, data }) => [type, data]),
      [['report.filed', { reportId: 'r1', groupId: 'road', memberId: 'bo', reporterId: 'ana' }]],
    );
  });
});
