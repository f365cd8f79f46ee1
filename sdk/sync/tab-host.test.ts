import { deepEqual, equal, ok } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { groupScope } from '../protocol/ids.ts';
import type { Journal } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Engine } from './engine.ts';
import { toEntry } from './pending-op.ts';
import { hostTabs, type TabHost } from './tab-host.ts';
import type { TabMessage } from './tabs.ts';
import { pendingAdd } from './test-pending.ts';

const crew = groupScope('crew');

describe('the host of a browser’s tabs', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let network: LoopbackNetwork;
  let journal: Journal;
  let engine: Engine;
  let host: TabHost;
  let told: TabMessage[];

  const kinds = (): readonly string[] => told.map(({ kind }) => kind);
  const add = (title: string) =>
    engine.submit(crew, 'playlist.add', { items: [{ itemId: title, title }] });

  const open = (of: Journal): Promise<Engine> =>
    loopbackEngine({
      journal: of,
      openLink: network.openLink,
      scheduler,
      relay: () => host?.relay,
    });

  beforeEach(async () => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', scheduler.after);
    told = [];
    journal = { ...memoryJournal('ana-browser'), kind: 'disk' };
    engine = await open(journal);
    engine.start();
    await scheduler.advance(2_000);
    const tabs = {
      post: (message: TabMessage) => told.push(message),
      listen: () => () => {},
      close() {},
    };
    host = hostTabs(engine, { ...tabs, post: (message) => void tabs.post(message) });
    told.length = 0;
  });
  afterEach(async () => {
    host.close();
    await engine.close();
  });

  it('[TB1] tells who comes how things stand, and each change of that', async () => {
    host.heard({ kind: 'who' });
    const [first] = told;
    equal(first?.kind === 'status' && first.status.state, 'SYNCED');
    network.down();
    await scheduler.settle();
    const last = told.at(-1);
    equal(last?.kind === 'status' && last.status.state, 'OFFLINE');
  });

  it('[TB1] follows what a tab wants to see, and gives it the state', async () => {
    host.heard({ kind: 'want', scope: crew, cursor: null });
    deepEqual(kinds(), [], 'nothing is known of it yet');
    host.heard({ kind: 'follow', scope: crew });
    await scheduler.advance(100);
    ok(kinds().includes('replaced'));
    told.length = 0;
    host.heard({ kind: 'want', scope: crew, cursor: null });
    await scheduler.settle();
    const [state] = told;
    ok(state?.kind === 'state');
    equal(state.cursor[1], 2);
    told.length = 0;
    host.heard({ kind: 'want', scope: crew, cursor: state.cursor });
    await scheduler.settle();
    deepEqual(told, [{ kind: 'state', scope: crew, cursor: state.cursor, waiting: [] }]);
  });

  it('[TB1] tells what waits, and the server’s time', async () => {
    host.heard({ kind: 'follow', scope: crew });
    await scheduler.advance(100);
    network.down();
    await scheduler.advance(100);
    const { opId } = add('waits');
    await scheduler.advance(100);
    add('not in the journal yet');
    told.length = 0;
    host.heard({ kind: 'want', scope: crew, cursor: null });
    await scheduler.settle();
    host.heard({ kind: 'time', askedMs: 7 });
    const [state, time] = told;
    ok(state?.kind === 'state');
    deepEqual(
      state.waiting.map(({ op }) => op.opId),
      [opId],
    );
    deepEqual(time, { kind: 'time-is', askedMs: 7, serverMs: engine.time.nowMs() });
  });

  it('[TB2] sends the ops that others put into the journal, and tells what becomes of them', async () => {
    host.heard({ kind: 'follow', scope: crew });
    await scheduler.advance(100);
    told.length = 0;
    const theirs = pendingAdd('tab2-1', { number: 1, replicaId: 'ana-browser' });
    host.heard({ kind: 'queued', entries: [toEntry(theirs)] });
    await scheduler.advance(100);
    ok(kinds().includes('applied') && kinds().includes('folded'), kinds().join());
    equal(server.headOf(crew), 3);
  });

  it('[TB4] finds out whether it still leads where another says so, before it takes what others say', async () => {
    host.heard({ kind: 'follow', scope: crew });
    await scheduler.advance(100);
    const theirs = pendingAdd('tab2-1', { number: 1, replicaId: 'ana-browser' });
    host.heard({ kind: 'leads' });
    host.heard({ kind: 'queued', entries: [toEntry(theirs)] });
    equal(engine.replica.pendingCount, 0);
    await scheduler.advance(100);
    equal(server.headOf(crew), 3, 'it did lead');

    await journal.lead();
    told.length = 0;
    host.heard({ kind: 'leads' });
    const more = pendingAdd('tab2-2', { number: 3, replicaId: 'ana-browser' });
    host.heard({ kind: 'queued', entries: [toEntry(more)] });
    host.heard({ kind: 'want', scope: crew, cursor: null });
    await scheduler.advance(100);
    equal(engine.term, undefined);
    deepEqual([engine.replica.pendingCount, kinds().includes('state')], [0, false]);
  });

  it('[TB4] finds out whether it still leads before it tells how things stand: it may have slept', async () => {
    host.heard({ kind: 'follow', scope: crew });
    await scheduler.advance(100);
    await journal.lead();
    told.length = 0;
    host.heard({ kind: 'want', scope: crew, cursor: null });
    host.heard({ kind: 'want', scope: crew, cursor: null });
    await scheduler.advance(100);
    equal(engine.term, undefined);
    equal(kinds().includes('state'), false);
  });

  it('[TB4] tells nothing more where another leads and this one lost its disk, which alone could say which it is', async () => {
    const inMemory = await open(memoryJournal('ana-memory'));
    inMemory.follow(crew);
    inMemory.start();
    await scheduler.advance(2_000);
    const old = hostTabs(inMemory, {
      post: (message) => told.push(message),
      listen: () => () => {},
      close() {},
    });
    told.length = 0;
    old.heard({ kind: 'want', scope: crew, cursor: null });
    await scheduler.settle();
    deepEqual(kinds(), ['state']);
    old.heard({ kind: 'leads' });
    old.heard({ kind: 'want', scope: crew, cursor: null });
    await scheduler.advance(100);
    deepEqual(kinds(), ['state']);
    old.close();
    await inMemory.close();
  });

  it('[TB6] tells of what was refused, and retries or discards it when a tab says so', async () => {
    host.heard({ kind: 'follow', scope: crew });
    await scheduler.advance(100);
    server.judge = () => ({ error: new JamzError('forbidden', 'No.') });
    const { opId } = add('refused');
    await scheduler.advance(100);
    const refused = told.find(({ kind }) => kind === 'set-aside');
    ok(refused?.kind === 'set-aside');
    deepEqual([refused.opId, refused.code, refused.message], [opId, 'forbidden', 'No.']);
    told.length = 0;
    host.heard({ kind: 'retry', opId });
    await scheduler.advance(100);
    deepEqual(
      kinds().filter((kind) => kind !== 'status'),
      ['left', 'queued', 'set-aside'],
    );
    const [again] = engine.replica.setAside;
    host.heard({ kind: 'discard', opId: again?.op.opId ?? '' });
    equal(engine.replica.setAside.length, 0);
  });

  it('[SM8] [SM6] takes the switch and the wish to sync from any tab', async () => {
    host.heard({ kind: 'switch', on: false });
    await scheduler.settle();
    equal(engine.status$.value.state, 'OFFLINE');
    host.heard({ kind: 'sync-now' });
    host.heard({ kind: 'switch', on: true });
    await scheduler.advance(100);
    equal(engine.status$.value.state, 'SYNCED');
  });

  it('[SM9] looks after the link while another tab is looked at', async () => {
    network.freeze();
    host.heard({ kind: 'ask' });
    await scheduler.advance(1_500);
    equal(engine.status$.value.state, 'OFFLINE');
  });

  it('hands on positions, news and ends as they are', () => {
    host.live({ scope: crew, entries: [] });
    host.groups([]);
    host.ended({ scope: crew, code: 'removed', message: 'You were removed.' });
    deepEqual(kinds(), ['live', 'groups', 'ended']);
  });

  it('is deaf to what leaders only say, and mute once closed', async () => {
    host.heard({ kind: 'leads' });
    host.heard({ kind: 'alive' });
    host.heard({ kind: 'applied', scope: crew, opId: 'no-such' });
    deepEqual(kinds(), []);
    host.close();
    network.down();
    await scheduler.settle();
    deepEqual(kinds(), []);
  });
});
