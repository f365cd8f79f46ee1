import { deepEqual, equal, ok } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { decodeSnapshot } from '../merge/decode-snapshot.ts';
import { encodeSnapshot } from '../merge/encode-snapshot.ts';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { wallMsOf } from '../protocol/hlc.ts';
import { groupScope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { Journal } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { Follower } from './follower.ts';
import { LateTabHost } from './late-tab-host.ts';
import type { EngineEvents, SyncEngine } from './sync-engine.ts';
import type { TabPort } from './tabs.ts';
import { tabPorts } from './test-tabs.ts';

const crew = groupScope('crew');
const quiet: EngineEvents = { changed() {}, live() {}, groups() {}, ended() {} };

describe('tabs of one browser', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let journal: Journal;
  let network: LoopbackNetwork;
  let newPort: () => TabPort;
  let leader: SyncEngine;
  let follower: SyncEngine;
  let host: LateTabHost | undefined;
  let item = 0;

  const lead = async (port: TabPort, scopes = [crew]): Promise<SyncEngine> => {
    let mine: LateTabHost | undefined;
    const engine = await loopbackEngine(
      {
        journal,
        openLink: network.openLink,
        scheduler,
        relay: () => mine?.current?.relay,
      },
      quiet,
    );
    mine = new LateTabHost(engine, port);
    host = mine;
    for (const scope of scopes) engine.follow(scope);
    engine.start();
    return engine;
  };
  const open = async (events = quiet): Promise<SyncEngine> => {
    const deps = { userId: 'ana', journal, scheduler, random: Math.random, tabs: newPort() };
    const engine = await Follower.open(deps, events);
    engine.follow(crew);
    engine.start();
    return engine;
  };
  const titles = (engine: SyncEngine): string[] => {
    const { playlist } = engine.replica.scope(crew).shown as GroupState;
    return playlist.order.toArray().map(({ title }) => title);
  };
  const add = (engine: SyncEngine, title: string) => {
    item += 1;
    return engine.submit(crew, 'playlist.add', { items: [{ itemId: `item-${item}`, title }] });
  };

  beforeEach(async () => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    journal = memoryJournal('ana-browser');
    network = loopbackNetwork(server, 'ana', scheduler.after);
    newPort = tabPorts();
    leader = await lead(newPort());
    await scheduler.advance(100);
    follower = await open();
    await scheduler.advance(100);
  });

  afterEach(async () => {
    host?.close();
    await leader.close();
    await follower.close();
  });

  it('[TB1] show the same, over one connection', async () => {
    add(leader, 'from the leader');
    const { settlement } = add(follower, 'from the follower');
    deepEqual(titles(follower).includes('from the follower'), true);
    await scheduler.advance(100);

    await settlement.acked;
    deepEqual(titles(leader), titles(follower));
    equal(titles(leader).length, 2);
    equal(network.attempts, 1);
    equal(follower.status$.value.leader, false);
    equal(follower.status$.value.state, 'SYNCED');
  });

  it('[TB6] show each other’s ops while the network is away', async () => {
    network.down();
    await scheduler.advance(10);
    add(follower, 'in the tunnel');
    await scheduler.advance(10);
    deepEqual(titles(leader), ['in the tunnel']);
    equal(follower.status$.value.state, 'OFFLINE');
    equal(follower.status$.value.pending, 1);
  });

  it('[TB6] undo a refused op in all of them', async () => {
    server.judge = () => ({ error: new JamzError('forbidden', 'Not here.') });
    const { settlement } = add(follower, 'not wanted');
    const refused = settlement.acked.then(
      () => 'acked',
      (error: { code: string }) => error.code,
    );
    await scheduler.advance(100);
    equal(await refused, 'forbidden');
    deepEqual(titles(follower), []);
    equal(follower.status$.value.setAside, 1);

    server.judge = undefined;
    const [entry] = follower.replica.setAside;
    ok(entry);
    follower.retry(entry.op.opId);
    await scheduler.advance(100);
    deepEqual(titles(follower), ['not wanted']);
    equal(follower.replica.setAside.length, 0);
  });

  it('[OP23] [TB1] see the file of an op once its upload is over', async () => {
    const items = [{ itemId: 'held', title: 'Song', fileId: '~song' }];
    const { opId, settlement } = follower.submit(crew, 'playlist.add', { items });
    await scheduler.advance(100);
    const pending = leader.replica.scope(crew).find(opId);
    equal(pending?.stage, 'ready');
    network.down();
    if (pending) {
      const payload = { items: [{ itemId: 'held', title: 'Song', fileId: 'f1' }] };
      const op = { ...pending.op, payload } as Op;
      leader.replica.verdicts.rewrite(pending, { op, dependsOn: [] });
    }
    await scheduler.advance(100);
    const { playlist } = follower.replica.scope(crew).shown as GroupState;
    equal(playlist.items.get('held')?.fileId, 'f1');
    network.up();
    await scheduler.advance(30_000);
    await settlement.acked;
    equal((server.stateOf(crew) as GroupState).playlist.items.get('held')?.fileId, 'f1');
  });

  it('[CK8] [TB1] stamp by the server’s time, also where the clock was set since the leader measured', async () => {
    network.down();
    await scheduler.advance(1_000);
    scheduler.jumpWall(3_600_000);
    add(leader, 'news of the leader');
    await scheduler.advance(10);
    const { opId } = add(follower, 'after the clock was set');
    const pending = follower.replica.scope(crew).find(opId);
    ok(pending);
    const serverMs = scheduler.monotonicMs() + 1_700_000_000_000;
    ok(Math.abs(wallMsOf(pending.op.stamp) - serverMs) < 100);
    equal(follower.status$.value.clockOffsetMs, serverMs - scheduler.nowMs());
  });

  it('[TB1] [WR7] keep on the screen what comes back after the log was wound back', async () => {
    const seen: string[][] = [];
    const watched = await open({ ...quiet, changed: () => seen.push(titles(watched)) });
    const before = encodeSnapshot(leader.replica.scope(crew).confirmed);
    add(leader, 'wound back');
    await scheduler.advance(100);
    network.down();
    await scheduler.advance(100);
    seen.length = 0;

    const comeBack = await leader.replica.comeBack(crew, { toSeq: 2, resend: true });
    leader.replica.replace(crew, decodeSnapshot(crew, before), [2, 2, 'two'], before, comeBack);
    await scheduler.advance(100);
    deepEqual(watched.replica.scope(crew).cursor, [2, 2, 'two']);
    equal(watched.status$.value.pending, 1);
    ok(seen.length > 0 && seen.every(([title]) => title === 'wound back'), String(seen));
    await watched.close();
  });

  it('[TB1] [LG19] give up what is not wanted back', async () => {
    const { settlement, opId } = add(follower, 'not wanted back');
    await scheduler.advance(100);
    await settlement.acked;
    network.down();
    await scheduler.advance(100);
    const { replica } = leader;
    const before = encodeSnapshot(replica.scope(crew).confirmed);
    const { opId: last } = add(follower, 'acknowledged, and not covered yet');
    await scheduler.advance(100);
    const pending = replica.scope(crew).find(last);
    ok(pending && !replica.scope(crew).find(opId));
    pending.stage = 'acked';
    const comeBack = await replica.comeBack(crew, { toSeq: 3, resend: false });
    replica.replace(crew, decodeSnapshot(crew, before), [2, 3, 'three'], before, comeBack);
    await scheduler.advance(100);
    deepEqual(titles(follower), ['not wanted back']);
    equal(follower.status$.value.pending, 0);
  });

  it('[TB6] agree on what was refused while one of them opened', async () => {
    network.down();
    await scheduler.advance(100);
    const { opId } = add(leader, 'refused meanwhile');
    const { opId: other } = add(leader, 'given up meanwhile');
    await scheduler.advance(100);
    const { load } = journal;
    // It reads what was there before, and listens only after both were told.
    const read = await load();
    journal.load = async () => read;
    const pending = leader.replica.scope(crew).find(opId);
    const second = leader.replica.scope(crew).find(other);
    ok(pending && second);
    leader.replica.verdicts.refused(pending, new JamzError('forbidden', 'Not here.'));
    leader.replica.verdicts.refused(second, new JamzError('forbidden', 'Not here.'));
    leader.discard(other);
    const late = await open();
    journal.load = load;
    await scheduler.advance(100);
    deepEqual(titles(late), []);
    deepEqual(
      late.replica.setAside.map(({ op }) => op.opId),
      [opId],
    );
    await late.close();
  });

  it('[TB5] lose nothing when the leader dies between an op and its answer', async () => {
    network.down();
    await scheduler.advance(10);
    const { settlement } = add(follower, 'kept');
    await scheduler.advance(10);
    host?.close();

    network.up();
    const next = await lead(newPort());
    next.replica.inherit(follower.replica);
    await scheduler.advance(60_000);
    await settlement.acked;
    deepEqual(titles(next), ['kept']);
    const folded = server.stateOf(crew) as GroupState;
    equal(folded.playlist.items.size, 1);
    await next.close();
  });

  it('[TB4] turn to the next leader, which keeps in step what they look at', async () => {
    const third = await open();
    await scheduler.advance(100);
    host?.close();
    await leader.close();
    leader = await lead(newPort(), []);
    await scheduler.advance(1_000);

    add(third, 'under the next leader');
    await scheduler.advance(100);
    deepEqual(titles(follower), ['under the next leader']);
    deepEqual(titles(leader), ['under the next leader']);
    equal(third.status$.value.state, 'SYNCED');
    await third.close();
  });

  it('[TB4] fence off a leader that was deposed without noticing', async () => {
    let deposed = false;
    const zombie = await loopbackEngine(
      {
        journal,
        openLink: () => ({ request: () => new Promise(() => {}), close() {} }),
        scheduler,
      },
      {
        ...quiet,
        deposed: () => {
          deposed = true;
        },
      },
    );
    await journal.lead();
    zombie.follow(crew);
    add(zombie, 'by the zombie');
    await scheduler.settle();
    equal(deposed, true);
    equal(
      (await journal.load()).outbox.length,
      1,
      'what was tapped is in the journal all the same',
    );
    await zombie.close();
  });
});
