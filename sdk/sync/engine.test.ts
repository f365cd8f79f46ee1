import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { itemIds } from '../merge/playlist-order.ts';
import { stateHash } from '../merge/snapshot.ts';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { formatHlc, wallMsOf } from '../protocol/hlc.ts';
import { groupScope, userScope } from '../protocol/ids.ts';
import type { Journal } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Engine } from './engine.ts';
import { toEntry } from './pending-op.ts';
import { pendingAdd } from './test-pending.ts';

const crew = groupScope('crew');
let scheduler: VirtualScheduler;
let server: LoopbackServer;

interface Phone {
  readonly engine: Engine;
  readonly network: LoopbackNetwork;
  readonly journal: Journal;
}

async function phone(
  userId: string,
  journal: Journal = memoryJournal(`${userId}-phone`),
): Promise<Phone> {
  const network = loopbackNetwork(server, userId, scheduler.after);
  const engine = await loopbackEngine({
    userId,
    journal,
    openLink: network.openLink,
    scheduler,
  });
  engine.follow(userScope(userId));
  engine.follow(crew);
  engine.start();
  return { engine, network, journal };
}

const titles = (state: unknown): string[] => {
  const { playlist } = state as GroupState;
  return playlist.order.toArray().map(({ title }) => title);
};
const shown = ({ engine }: Phone): string[] => titles(engine.replica.scope(crew).shown);
let item = 0;
const add = ({ engine }: Phone, title: string) => {
  item += 1;
  return engine.submit(crew, 'playlist.add', { items: [{ itemId: `item-${item}`, title }] });
};
const state = ({ engine }: Phone): string => engine.status$.value.state;

describe('engine', () => {
  beforeEach(() => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [
      { userId: 'ana', name: 'Ana' },
      { userId: 'bo', name: 'Bo' },
    ]);
  });

  it('[SM3] is SYNCED once every cursor is at its head and the outbox is empty', async () => {
    const ana = await phone('ana');
    equal(state(ana), 'SYNCING');
    await scheduler.advance(100);
    equal(state(ana), 'SYNCED');
  });

  it('[OB4] shows a tap at once and tells the others', async () => {
    const ana = await phone('ana');
    const bo = await phone('bo');
    await scheduler.advance(100);

    const { settlement } = add(ana, 'Road Song');
    deepEqual(shown(ana), ['Road Song']);
    await scheduler.advance(100);

    await settlement.acked;
    deepEqual(shown(bo), ['Road Song']);
    equal(state(ana), 'SYNCED');
  });

  it('[SM4] keeps what was done in a tunnel and agrees behind it', async () => {
    const ana = await phone('ana');
    const bo = await phone('bo');
    await scheduler.advance(100);
    ana.network.down();
    await scheduler.advance(100);
    equal(state(ana), 'OFFLINE');

    for (let song = 1; song <= 3; song++) add(ana, `ana ${song}`);
    for (let song = 1; song <= 3; song++) add(bo, `bo ${song}`);
    await scheduler.advance(1_000);
    equal(ana.engine.status$.value.pending, 3);

    ana.network.up();
    await scheduler.advance(60_000);
    equal(state(ana), 'SYNCED');
    equal(shown(ana).length, 6);
    deepEqual(shown(ana), shown(bo));
    equal(stateHash(ana.engine.replica.scope(crew).confirmed), stateHash(server.stateOf(crew)));
  });

  it('[OP4] [OB5] sends an op again when its answer was lost, and it has one effect', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    ana.network.loseAnswersTo = 'push';
    const { settlement } = add(ana, 'Road Song');
    await scheduler.advance(50);
    ana.network.down();
    ana.network.loseAnswersTo = undefined;
    ana.network.up();
    await scheduler.advance(60_000);

    await settlement.acked;
    deepEqual(shown(ana), ['Road Song']);
    equal(ana.engine.replica.setAside.length, 0);
  });

  it('[OB6] spends no attempt on a tunnel, however long', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    ana.network.down();
    add(ana, 'Road Song');
    await scheduler.advance(3_600_000);
    equal(ana.engine.replica.setAside.length, 0);
    ok(ana.network.attempts > 50, 'it keeps trying');
    ana.network.up();
    await scheduler.advance(31_000);
    equal(state(ana), 'SYNCED');
    deepEqual(titles(server.stateOf(crew)), ['Road Song']);
  });

  it('[SA2] [SA3] sets a refused op aside with what depends on it, undone and told', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    ana.network.down();
    await scheduler.advance(10);
    const added = add(ana, 'Forbidden Song');
    const chosen = ana.engine.submit(crew, 'playback.set', {
      itemId: `item-${item}`,
      positionMs: 0,
      atServerMs: ana.engine.time.nowMs(),
      playing: true,
      rate: 1,
    });
    server.judge = (op) =>
      op.type === 'playlist.add' ? { error: new JamzError('forbidden', 'Not here.') } : undefined;
    ana.network.up();
    await scheduler.advance(60_000);

    await rejects(added.settlement.acked, { code: 'forbidden' });
    await rejects(chosen.settlement.acked, { code: 'forbidden' });
    deepEqual(shown(ana), []);
    equal(ana.engine.status$.value.setAside, 2);
    equal(state(ana), 'SYNCED');
  });

  it('[SA1] [OB7] sets an op aside after five answers about it, and not before', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    let asked = 0;
    server.judge = () => {
      asked += 1;
      return { error: new JamzError('internal', 'Not today.'), retry: true };
    };
    const { settlement } = add(ana, 'Road Song');
    await scheduler.advance(300_000);
    await rejects(settlement.acked, { code: 'internal' });
    equal(asked, 5);
  });

  it('[SA5] issues a set-aside op anew, with its entity id kept', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    server.judge = () => ({ error: new JamzError('forbidden', 'Not yet.') });
    add(ana, 'Road Song');
    await scheduler.advance(100);
    server.judge = undefined;
    const [entry] = ana.engine.replica.setAside;
    ok(entry);
    ana.engine.replica.verdicts.reissue(entry);
    await scheduler.advance(100);
    const folded = server.stateOf(crew) as GroupState;
    deepEqual(itemIds(folded.playlist), [`item-${item}`]);
    equal(ana.engine.replica.setAside.length, 0);
  });

  it('[BK10] notices a half-open link and opens a new one', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    ana.network.freeze();
    await scheduler.advance(60_000);
    ok(ana.network.attempts > 1);
    ana.network.thaw();
    await scheduler.advance(60_000);
    equal(state(ana), 'SYNCED');
  });

  it('[CK7] moves stamps made on a wrong clock to the server’s time before they are sent', async () => {
    scheduler.jumpWall(-365 * 86_400_000);
    const ana = await phone('ana');
    ana.network.down();
    const early = add(ana, 'early');
    await scheduler.advance(1_000);
    ana.network.up();
    await scheduler.advance(60_000);
    await early.settlement.acked;
    const bo = await phone('bo');
    await scheduler.advance(100);
    equal(shown(bo).length, 1);
    ok(Math.abs((ana.engine.status$.value.clockOffsetMs ?? 0) - 365 * 86_400_000) < 1_000);
  });

  it('[CK2] [TB1] moves the stamp of what a tab made that did not know the time yet, before it is sent', async () => {
    const ana = await phone('ana');
    await scheduler.advance(5_000);
    const serverMs = scheduler.monotonicMs() + 1_700_000_000_000;
    const { op, ...rest } = toEntry(pendingAdd('other-1', { number: 1, provisional: true }));
    scheduler.jumpWall(-86_400_000);
    const stamp = formatHlc(scheduler.nowMs(), 0, 'other');
    ana.engine.replica.adopt({ ...rest, op: { ...op, stamp } });
    const [adopted] = ana.engine.replica.scope(crew).pending();
    ok(adopted && !adopted.provisional);
    ok(Math.abs(wallMsOf(adopted.op.stamp) - serverMs) < 1_000);
    await scheduler.advance(1_000);
    equal(state(ana), 'SYNCED');
  });

  it('[OB13] goes on from its journal after a crash', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    ana.network.down();
    add(ana, 'Road Song');
    await scheduler.settle();
    ana.network.openLink = () => ({ request: () => new Promise(() => {}), close() {} });
    const again = await phone('ana', ana.journal);
    await scheduler.advance(1_000);
    deepEqual(shown(again), ['Road Song']);
    equal(state(again), 'SYNCED');
  });

  it('[OB16] refuses a malformed command at once and changes nothing', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    const { settlement } = ana.engine.submit(crew, 'playlist.add', { items: [] });
    await rejects(settlement.acked, { code: 'invalid' });
    equal(ana.engine.status$.value.pending, 0);
  });

  it('[AC1] clears a scope that ended and sets its waiting ops aside', async () => {
    const ana = await phone('ana');
    await scheduler.advance(100);
    ana.network.down();
    const { settlement } = add(ana, 'Road Song');
    await scheduler.advance(10);
    const original = server.handle.bind(server);
    server.handle = async (socket, event, payload) => {
      if (event === 'push') throw new JamzError('removed', 'You were removed.');
      const answer = await original(socket, event, payload);
      if (event !== 'hello') return answer;
      const ended = [{ scope: crew, code: 'removed', message: 'You were removed.' }];
      return { ...(answer as object), pulls: [], ended };
    };
    ana.network.up();
    await scheduler.advance(60_000);
    await rejects(settlement.acked, { code: 'removed' });
    equal(ana.engine.replica.scope(crew).cursor, null);
  });
});
