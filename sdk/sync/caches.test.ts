import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { foldVersion } from '../merge/fold.ts';
import { itemIds } from '../merge/playlist-order.ts';
import { encodeSnapshot } from '../merge/snapshot.ts';
import type { GroupState, Invitation } from '../merge/states.ts';
import { groupScope, type Scope } from '../protocol/ids.ts';
import type { Journal, JournalWrite, StoredScope } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Engine } from './engine.ts';

const crew = groupScope('crew');
const van = groupScope('van');
const invitation: Invitation = {
  code: 'abc',
  seq: 1,
  createdBy: 'ana',
  createdAtMs: 1_700_000_000_000,
  expiresAtMs: null,
  usesLeft: 3,
  revoked: false,
};

describe('what a device has of a group', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let network: LoopbackNetwork;
  /** What the journal had, and what came to it. */
  let stored: StoredScope[];
  let writes: JournalWrite[];
  /** Scopes that the server was asked for. */
  let pulled: string[];

  const open = async (follow: readonly Scope[]): Promise<Engine> => {
    const memory = memoryJournal('phone');
    const journal: Journal = {
      ...memory,
      kind: 'disk',
      load: async () => ({ ...(await memory.load()), scopes: stored }),
      write(change, term) {
        writes.push(change);
        return memory.write(change, term);
      },
    };
    const engine = await loopbackEngine({
      journal,
      openLink: network.openLink,
      scheduler,
    });
    for (const scope of follow) engine.follow(scope);
    engine.start();
    return engine;
  };
  const shown = (engine: Engine, scope = crew): GroupState =>
    engine.replica.scope(scope).shown as GroupState;
  const store = (scope: Scope): void => {
    const cursor = [1, server.headOf(scope), 'h'] as const;
    const state = server.stateOf(scope) as GroupState;
    const invitations = state.invitations.set('abc', invitation);
    const json = encodeSnapshot({ ...state, invitations });
    stored.push({ scope, snapshot: { cursor, foldVersion, json }, commits: [] });
  };
  /** Somebody else's op, as the server takes it. */
  const other = async (add: (engine: Engine) => void): Promise<void> => {
    const before = stored;
    stored = [];
    const engine = await open([crew]);
    await scheduler.advance(100);
    add(engine);
    await scheduler.advance(100);
    await engine.close();
    stored = before;
    writes = [];
    pulled = [];
  };

  beforeEach(() => {
    stored = [];
    writes = [];
    pulled = [];
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.nowMs());
    for (const id of ['crew', 'van']) server.createGroup(id, [{ userId: 'ana', name: 'Ana' }]);
    const handle = server.handle.bind(server);
    server.handle = (socket, event, payload) => {
      if (event !== 'time' && event !== 'push') pulled.push(JSON.stringify(payload));
      return handle(socket, event, payload);
    };
    network = loopbackNetwork(server, 'ana', scheduler.after);
  });

  it('[CA1] is shown before any answer, and in a tunnel: members, places, playlist, invitations, history', async () => {
    await other((engine) => {
      const items = ['road', 'rain'].map((itemId) => ({ itemId, title: itemId }));
      const play = { positionMs: 0, atServerMs: scheduler.nowMs(), playing: true, rate: 1 };
      engine.submit(crew, 'playlist.add', { items });
      engine.submit(crew, 'session.start', { sessionId: 'trip' });
      engine.submit(crew, 'playback.set', { ...play, itemId: 'road' });
      const later = { ...play, atServerMs: play.atServerMs + 50 };
      engine.submit(crew, 'playback.set', { ...later, itemId: 'rain' });
      engine.submit(crew, 'places.save', { placeId: 'camp', name: 'Camp', lat: 1, lng: 2 });
      engine.submit(crew, 'members.describe', { name: 'Ana N.' });
    });
    store(crew);
    network.down();
    const engine = await open([crew]);
    const { members, places, playlist, invitations, plays } = shown(engine);
    deepEqual(
      {
        members: members.present.get('ana')?.name,
        places: places.get('camp')?.name,
        playlist: itemIds(playlist),
        invitations: invitations.get('abc')?.usesLeft,
        history: plays.map(({ itemId }) => itemId),
      },
      {
        members: 'Ana N.',
        places: 'Camp',
        playlist: ['road', 'rain'],
        invitations: 3,
        history: ['road'],
      },
    );
    await engine.close();
  });

  it('[CA1] [CA3] is asked for anew behind that, and what is new is kept at once', async () => {
    store(crew);
    await other((engine) => {
      engine.submit(crew, 'playlist.add', { items: [{ itemId: 'rain', title: 'Rain' }] });
    });
    const engine = await open([crew]);
    deepEqual(itemIds(shown(engine).playlist), []);
    await scheduler.advance(100);
    deepEqual(itemIds(shown(engine).playlist), ['rain']);
    equal(writes.flatMap(({ commits, snapshots }) => [...commits, ...snapshots]).length > 0, true);
    await engine.close();
  });

  it('[CA4] is not asked for while nobody looks at it', async () => {
    store(crew);
    store(van);
    const engine = await open([crew]);
    await scheduler.advance(30_000);
    equal(
      pulled.some((message) => message.includes(crew)),
      true,
    );
    equal(
      pulled.some((message) => message.includes(van)),
      false,
    );
    engine.follow(van);
    await scheduler.advance(100);
    equal(
      pulled.some((message) => message.includes(van)),
      true,
    );
    await engine.close();
  });

  it('[CA5] counts as an answer of the device, once, or as one that was waited for', async () => {
    store(crew);
    const engine = await open([crew, crew]);
    equal(engine.counters.read(0).cacheHitRate, 1);
    engine.follow(van);
    engine.follow(van);
    equal(engine.counters.read(0).cacheHitRate, 0.5);
    await engine.close();
  });
});
