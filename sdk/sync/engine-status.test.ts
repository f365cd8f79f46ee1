import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupScope, userScope } from '../protocol/ids.ts';
import type { CommitsMessage } from '../protocol/wire.ts';
import type { Journal } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { Engine } from './engine.ts';
import { noSurroundings } from './scheduler.ts';

const crew = groupScope('crew');
const yearMs = 365 * 86_400_000;

function ofVersion({ scope, commits }: CommitsMessage, version: number): CommitsMessage {
  const told = commits.map((commit) => ({
    ...commit,
    runs: commit.runs.map((run) => ({ ...run, version })),
  }));
  return { scope, commits: told };
}

interface Phone {
  readonly engine: Engine;
  readonly network: LoopbackNetwork;
  /** What becomes of what the server says. */
  hear: (event: string, payload: unknown) => unknown;
}

describe('engine, as a person sees it', () => {
  let server: LoopbackServer;
  let scheduler: VirtualScheduler;
  let journal: Journal;
  let item: number;
  let visible: boolean;

  const open = async (userId = 'ana', clock = scheduler, kept = journal): Promise<Phone> => {
    const network = loopbackNetwork(server, userId, clock.after);
    const ears: Pick<Phone, 'hear'> = { hear: (_event, payload) => payload };
    const engine = await Engine.open(
      {
        server: 'loopback:',
        site: 'pk_test',
        userId,
        journal: kept,
        openLink: (options, events) =>
          network.openLink(options, {
            ...events,
            message: (event, payload) => events.message(event, ears.hear(event, payload)),
          }),
        token: async () => 'token',
        scheduler: clock,
        surroundings: { ...noSurroundings, isVisible: () => visible },
        random: Math.random,
      },
      { changed() {}, live() {}, groups() {}, ended() {} },
    );
    engine.follow(crew);
    engine.start();
    return Object.assign(ears, { engine, network });
  };
  const add = ({ engine }: Phone) => {
    item += 1;
    const items = [{ itemId: `item-${item}`, title: `${item}` }];
    return engine.submit(crew, 'playlist.add', { items });
  };
  const play = ({ engine }: Phone, itemId: string, playing: boolean) =>
    engine.submit(crew, 'playback.set', {
      itemId,
      positionMs: 0,
      atServerMs: engine.time.nowMs(),
      playing,
      rate: 1,
    });
  const record = () => (server.stateOf(crew) as GroupState).playback.record;

  beforeEach(() => {
    item = 0;
    visible = false;
    scheduler = virtualScheduler();
    journal = memoryJournal('phone');
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [
      { userId: 'ana', name: 'Ana' },
      { userId: 'bo', name: 'Bo' },
    ]);
  });

  it('[SM7] tells what waits, when it was last in step and when it tries again', async () => {
    const ana = await open();
    await scheduler.advance(100);
    const { lastSyncedAt, nextRetryAt, pending } = ana.engine.status$.value;
    ok(lastSyncedAt !== null && lastSyncedAt <= scheduler.nowMs());
    deepEqual([nextRetryAt, pending], [null, 0]);

    ana.network.down();
    add(ana);
    await scheduler.settle();
    const status = ana.engine.status$.value;
    deepEqual([status.state, status.pending], ['OFFLINE', 1]);
    ok(status.nextRetryAt !== null && status.nextRetryAt > scheduler.nowMs());
    ok((status.lastSyncedAt ?? Number.POSITIVE_INFINITY) <= scheduler.nowMs());
  });

  it('[SM9] tells that no answer comes within two seconds of a tap, and keeps the link', async () => {
    const ana = await open();
    await scheduler.advance(5_000);
    ana.network.freeze();
    add(ana);
    await scheduler.advance(1_999);
    deepEqual([ana.engine.status$.value.state, ana.network.attempts], ['OFFLINE', 1]);
    ana.network.thaw();
    await scheduler.settle();
    deepEqual([ana.engine.status$.value.state, ana.network.attempts], ['SYNCED', 1]);
  });

  it('[SM9] tells of a link that died in silence within two seconds while somebody looks', async () => {
    visible = true;
    const ana = await open();
    await scheduler.advance(5_400);
    equal(ana.engine.status$.value.state, 'SYNCED');
    ana.network.freeze();
    await scheduler.advance(2_000);
    equal(ana.engine.status$.value.state, 'OFFLINE');
  });

  it('[SM9] tells what was last known while nobody looks and nothing waits, for eighteen seconds at most', async () => {
    const ana = await open();
    await scheduler.advance(5_000);
    ana.network.freeze();
    await scheduler.advance(2_000);
    equal(ana.engine.status$.value.state, 'SYNCED');
    await scheduler.advance(16_100);
    equal(ana.engine.status$.value.state, 'OFFLINE');
  });

  it('[SM10] tells how many questions are open, and on a second device, too', async () => {
    const ana = await open();
    const tablet = await open('ana', scheduler, memoryJournal('tablet'));
    for (const { engine } of [ana, tablet]) engine.follow(userScope('ana'));
    await scheduler.advance(1_000);
    for (const { network } of [ana, tablet]) network.down();
    ana.engine.submit(userScope('ana'), 'profile.update', { name: 'Ana', aiOptIn: true });
    tablet.engine.submit(userScope('ana'), 'profile.update', { name: 'Anna', aiOptIn: false });
    for (const { network } of [ana, tablet]) network.up();
    await scheduler.advance(40_000);
    const told = () => [ana, tablet].map(({ engine }) => engine.status$.value.conflicts);
    deepEqual(told(), [2, 2]);
    const shown = ana.engine.replica.scope(userScope('ana')).shown;
    const [question] = shown.kind === 'user' ? shown.conflicts : [];
    ok(question);
    const { conflictId, field } = question;
    ana.engine.submit(userScope('ana'), 'profile.answer', { conflictId, field, value: 'Ana' });
    await scheduler.advance(1_000);
    deepEqual(told(), [1, 1]);
  });

  it('[SM6] [BK5] syncs at once when asked to, however long the wait would have been', async () => {
    const ana = await open();
    await scheduler.advance(100);
    ana.network.down();
    await scheduler.advance(600_000);
    ana.network.up();
    const { attempts } = ana.network;
    const synced = ana.engine.syncNow();
    await scheduler.settle();
    await synced;
    deepEqual([ana.network.attempts, ana.engine.status$.value.state], [attempts + 1, 'SYNCED']);
  });

  it('[SM6] tells who asks for it in a tunnel what stands in the way', async () => {
    const ana = await open();
    await scheduler.advance(100);
    ana.network.down();
    await scheduler.settle();
    await rejects(ana.engine.syncNow(), { code: 'unavailable' });
  });

  it('[OP17] [SM5] halts before a commit of a version that it does not know, and says why', async () => {
    const ana = await open();
    const bo = await open('bo', scheduler, memoryJournal('bo-phone'));
    await scheduler.advance(100);
    const before = ana.engine.replica.scope(crew).cursor;
    ana.hear = (event, payload) =>
      event === 'commits' ? ofVersion(payload as CommitsMessage, 99) : payload;
    add(bo);
    await scheduler.advance(1_000);
    const { state, error } = ana.engine.status$.value;
    deepEqual([state, error?.code], ['ERROR', 'update-needed']);
    deepEqual(ana.engine.replica.scope(crew).cursor, before);

    const { attempts } = ana.network;
    await scheduler.advance(600_000);
    equal(ana.network.attempts, attempts, 'trying again cures nothing');
  });

  it('[SA4] keeps what was set aside over a reload, until the person discards it', async () => {
    const ana = await open();
    await scheduler.advance(100);
    server.judge = () => ({ error: new JamzError('forbidden', 'Not here.') });
    const refused = add(ana).settlement.acked;
    const outcome = rejects(refused, { code: 'forbidden' });
    await scheduler.advance(100);
    await outcome;
    await ana.engine.close();

    const again = await open();
    const [entry, ...more] = again.engine.replica.setAside;
    deepEqual([entry?.setAside?.message, more.length], ['Not here.', 0]);
    again.engine.discard(entry?.op.opId ?? '');
    await again.engine.close();
    equal((await journal.load()).outbox.length, 0);
    equal(again.engine.replica.setAside.length, 0);
  });

  it('[SA6] sends what was made after an op that was refused', async () => {
    const ana = await open();
    await scheduler.advance(100);
    let judged = 0;
    server.judge = () => {
      judged += 1;
      return judged === 1 ? { error: new JamzError('forbidden', 'Not here.') } : undefined;
    };
    const refused = rejects(add(ana).settlement.acked, { code: 'forbidden' });
    const taken = add(ana).settlement.acked;
    await scheduler.advance(1_000);
    await refused;
    await taken;
  });

  for (const offMs of [-yearMs, yearMs]) {
    it(`[CK7] wins nothing with a clock that is ${offMs > 0 ? 'ahead' : 'behind'} by a year`, async () => {
      const wrong = { ...scheduler, nowMs: () => scheduler.nowMs() + offMs };
      const bo = await open('bo', scheduler, memoryJournal('bo-phone'));
      await scheduler.advance(1_000);
      add(bo);
      await scheduler.advance(1_000);
      play(bo, 'item-1', true);
      await scheduler.advance(1_000);

      // Before the first probe its commands carry its own time.
      const ana = await open('ana', wrong);
      ana.network.down();
      await scheduler.advance(10_000);
      equal(ana.engine.status$.value.clockOffsetMs, null);
      play(ana, 'item-1', false);
      await scheduler.advance(60_000);
      const { settlement } = play(bo, 'item-1', true);
      await scheduler.advance(1_000);
      await settlement.acked;
      ana.network.up();
      await scheduler.advance(120_000);
      equal(ana.engine.status$.value.state, 'SYNCED');
      deepEqual([record().by, record().playing], ['bo', true], 'hers was given before his');

      play(ana, 'item-1', false);
      await scheduler.advance(1_000);
      deepEqual([record().by, record().playing], ['ana', false], 'hers was given after his');
    });
  }
});
