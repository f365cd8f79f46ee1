import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { itemIds } from '../merge/playlist-order.ts';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupScope, type Scope } from '../protocol/ids.ts';
import type { EndedScope } from '../protocol/wire.ts';
import type { Journal } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Engine } from './engine.ts';
import { noSurroundings, type Surroundings } from './scheduler.ts';

const crew = groupScope('crew');

describe('engine, when something goes wrong', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let network: LoopbackNetwork;
  let tokens: string[];
  let ended: EndedScope[];
  let item: number;
  let wakes: Set<() => void>;

  const surroundings: Surroundings = {
    ...noSurroundings,
    onWake(listener) {
      wakes.add(listener);
      return () => wakes.delete(listener);
    },
  };
  const open = async (follow: readonly Scope[] = [crew], journal = memoryJournal('phone')) => {
    const engine = await loopbackEngine(
      {
        journal,
        openLink: (options, events) => network.openLink(options, events),
        // A fresh token takes a trip to the server.
        token: (reason) => {
          tokens.push(reason);
          return new Promise((resolve) => setImmediate(() => resolve('token')));
        },
        scheduler,
        surroundings,
      },
      { ended: (end) => ended.push(end) },
    );
    for (const scope of follow) engine.follow(scope);
    engine.start();
    return engine;
  };
  const add = (engine: Engine, scope = crew) => {
    item += 1;
    const items = [{ itemId: `item-${item}`, title: `${item}` }];
    return engine.submit(scope, 'playlist.add', { items });
  };
  const order = (): string[] => itemIds((server.stateOf(crew) as GroupState).playlist);
  const refusing = (event: string, error: JamzError, times = Infinity): (() => void) => {
    const original = server.handle.bind(server);
    let refused = 0;
    server.handle = async (socket, name, payload) => {
      if (name === event && refused < times) {
        refused += 1;
        throw error;
      }
      return original(socket, name, payload);
    };
    return () => {
      server.handle = original;
    };
  };

  beforeEach(() => {
    item = 0;
    tokens = [];
    wakes = new Set();
    ended = [];
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', scheduler.after);
  });

  it('[AC8] [OB6] goes on with a fresh token when the old one expires under what it sends', async () => {
    const engine = await open();
    await scheduler.advance(100);
    refusing('push', new JamzError('token-expired', 'Renew it.'), 1);
    add(engine);
    await scheduler.advance(1_000);
    deepEqual(order(), ['item-1']);
    deepEqual(tokens, ['start', 'expired']);
    equal(engine.status$.value.state, 'SYNCED');
    equal(network.attempts, 2);
  });

  it('[SM5] [OB6] says ERROR and sets nothing aside while the server fails at everything it is sent', async () => {
    const engine = await open();
    await scheduler.advance(100);
    const heal = refusing('push', new JamzError('internal', 'Something broke.'));
    for (let song = 1; song <= 5; song++) add(engine);
    await scheduler.advance(600_000);
    deepEqual([engine.status$.value.setAside, engine.status$.value.pending], [0, 5]);
    equal(engine.status$.value.state, 'ERROR');
    equal(engine.status$.value.error?.code, 'internal');
    heal();
    await scheduler.advance(60_000);
    equal(engine.status$.value.state, 'SYNCED');
    deepEqual(order(), ['item-1', 'item-2', 'item-3', 'item-4', 'item-5']);
  });

  it('[OB5] sends what a lost link left half sent in the order in which it was made', async () => {
    const engine = await open();
    await scheduler.advance(100);
    const heal = refusing('push', new JamzError('unavailable', 'Too late.'));
    add(engine);
    add(engine);
    await scheduler.settle();
    heal();
    add(engine);
    await scheduler.advance(60_000);
    deepEqual(order(), ['item-1', 'item-2', 'item-3']);
  });

  it('[BK10] asks a link whether it is alive when the device wakes, and soon has another', async () => {
    const engine = await open();
    await scheduler.advance(100);
    network.freeze();
    for (const wake of wakes) wake();
    await scheduler.advance(3_000);
    equal(engine.status$.value.state, 'OFFLINE');
    network.thaw();
    await scheduler.advance(2_000);
    equal(engine.status$.value.state, 'SYNCED');
    await engine.close();
    equal(wakes.size, 0);
  });

  it('[SM6] releases who waits for SYNCED when the host switches sync off', async () => {
    network.down();
    const engine = await open();
    const synced = engine.syncNow();
    engine.switch(false);
    await rejects(synced, { code: 'unavailable' });
    await rejects(engine.syncNow(), { code: 'unavailable' });
    equal(engine.status$.value.error, null);
  });

  it('[SM8] [SM4] makes no attempt while switched off, and one at once when switched on', async () => {
    const engine = await open();
    await scheduler.advance(100);
    engine.switch(false);
    await scheduler.advance(600_000);
    deepEqual([engine.status$.value.state, network.attempts], ['OFFLINE', 1]);
    engine.switch(true);
    await scheduler.advance(100);
    equal(engine.status$.value.state, 'SYNCED');
  });

  it('[OB14] sends what an earlier visit left for a group that nobody looks at now', async () => {
    const journal = memoryJournal('phone');
    network.down();
    const before = await open([crew], journal);
    add(before);
    await before.close();
    network.up();
    const after = await open([], journal);
    await scheduler.advance(60_000);
    deepEqual(order(), ['item-1']);
    equal(after.status$.value.state, 'SYNCED');
    await after.close();
  });

  it('[ST5] lives in memory, and says so, where the store cannot be opened', async () => {
    const broken: Journal = {
      ...memoryJournal('phone'),
      kind: 'disk',
      load: () => Promise.reject(new JamzError('unavailable', 'This window keeps nothing.')),
    };
    const engine = await open([crew], broken);
    const { settlement } = add(engine);
    await scheduler.advance(100);
    await settlement.acked;
    deepEqual(
      [engine.status$.value.storage, engine.status$.value.storageNote],
      ['memory', 'This window keeps nothing.'],
    );
  });

  it('[ST7] opens with a damaged store, and takes the state from the server', async () => {
    const journal = memoryJournal('phone');
    const damaged: Journal = {
      ...journal,
      load: async () => ({
        ...(await journal.load()),
        scopes: [
          {
            scope: crew,
            snapshot: { cursor: [1, 2, 'h2'], foldVersion: 1, json: { state: 'torn' } },
            commits: [],
          },
        ],
      }),
    };
    const engine = await open([crew], damaged);
    await scheduler.advance(100);
    equal(engine.status$.value.state, 'SYNCED');
    ok((engine.replica.scope(crew).confirmed as GroupState).members.present.has('ana'));
  });

  it('[AC1] is told again of a group that has ended when something is sent to it', async () => {
    const van = groupScope('van');
    const engine = await open([crew, van]);
    await scheduler.advance(100);
    deepEqual(
      ended.map(({ scope, code }) => `${scope} ${code}`),
      ['g:van not-found'],
    );
    const { settlement } = add(engine, van);
    await scheduler.advance(1_000);
    await rejects(settlement.acked, { code: 'not-found' });
    equal(engine.status$.value.state, 'SYNCED');
  });

  it('[SA5] issues what was set aside together anew together, in order', async () => {
    const engine = await open();
    await scheduler.advance(100);
    server.judge = (op) =>
      op.type === 'playlist.add' ? { error: new JamzError('forbidden', 'Not yet.') } : undefined;
    add(engine);
    const itemId = `item-${item}`;
    engine.submit(crew, 'playback.set', {
      itemId,
      positionMs: 0,
      atServerMs: engine.time.nowMs(),
      playing: true,
      rate: 1,
    });
    await scheduler.advance(1_000);
    equal(engine.status$.value.setAside, 2);
    equal(engine.counters.refused, 2);
    server.judge = undefined;
    const [first] = engine.replica.setAside;
    if (first) engine.retry(first.op.opId);
    await scheduler.advance(1_000);
    deepEqual([engine.status$.value.setAside, engine.status$.value.state], [0, 'SYNCED']);
    equal((server.stateOf(crew) as GroupState).playback.record.itemId, itemId);
  });

  it('[MG15] keeps a command to the music behind its group’s own session, not another’s', async () => {
    const van = server.createGroup('van', [{ userId: 'ana', name: 'Ana' }]);
    const engine = await open([crew, van]);
    await scheduler.advance(100);
    for (const scope of [crew, van]) {
      engine.submit(scope, 'session.start', { sessionId: `old-${scope.slice(2)}` });
      engine.submit(scope, 'session.end', { sessionId: `old-${scope.slice(2)}` });
    }
    await scheduler.advance(1_000);
    network.down();
    await scheduler.advance(100);
    const plays = [crew, van].map((scope) => {
      engine.submit(scope, 'session.start', { sessionId: `new-${scope.slice(2)}` });
      return engine.submit(scope, 'playback.set', {
        itemId: null,
        positionMs: 0,
        atServerMs: engine.time.nowMs(),
        playing: false,
        rate: 1,
      });
    });
    network.up();
    await scheduler.advance(60_000);
    for (const { settlement } of plays) await settlement.acked;
    equal(engine.status$.value.setAside, 0);
  });

  it('settles everybody and sends nothing more once it is closed', async () => {
    network.down();
    const engine = await open();
    const synced = engine.syncNow();
    await engine.close();
    await rejects(synced, { code: 'unavailable' });
    const { attempts } = network;
    await scheduler.advance(600_000);
    equal(network.attempts, attempts);
  });
});
