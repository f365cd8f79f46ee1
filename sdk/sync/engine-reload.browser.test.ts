import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import { itemIds } from '../merge/playlist-order.ts';
import type { GroupState } from '../merge/states.ts';
import { groupScope } from '../protocol/ids.ts';
import { idbJournal } from '../store/idb-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import type { Engine } from './engine.ts';
import { deviceScheduler } from './scheduler.ts';

const crew = groupScope('crew');

describe('a replica on IndexedDB', () => {
  let server: LoopbackServer;
  let network: LoopbackNetwork;
  let name: string;
  let made = 0;
  const open: Engine[] = [];

  const visit = async (): Promise<Engine> => {
    const engine = await loopbackEngine({
      journal: idbJournal(name, () => 'phone'),
      openLink: network.openLink,
      scheduler: deviceScheduler,
    });
    open.push(engine);
    engine.follow(crew);
    engine.start();
    return engine;
  };
  const titles = (engine: Engine): string[] => {
    const { playlist } = engine.replica.scope(crew).shown as GroupState;
    return itemIds(playlist);
  };
  const add = (engine: Engine, itemId: string) =>
    engine.submit(crew, 'playlist.add', { items: [{ itemId, title: itemId }] });

  beforeEach(() => {
    made += 1;
    name = `jamz:test:engine:${made}`;
    server = new LoopbackServer(() => Date.now());
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', deviceScheduler.after);
  });
  afterEach(async () => {
    for (const engine of open.splice(0)) await engine.close();
    await deleteDB(name);
  });

  it('[ST8] [OB13] shows after a reload in a tunnel what was there and what was tapped, and sends it behind it', async () => {
    const before = await visit();
    await before.syncNow();
    await add(before, 'sent').settlement.acked;
    network.down();
    for (const itemId of ['one', 'two', 'three']) add(before, itemId);
    await before.close();

    const after = await visit();
    expect(titles(after)).to.deep.equal(['sent', 'one', 'two', 'three']);
    network.up();
    await after.syncNow().catch(() => after.syncNow());
    expect(after.status$.value.pending).to.equal(0);
    const folded = server.stateOf(crew) as GroupState;
    expect(itemIds(folded.playlist)).to.deep.equal(['sent', 'one', 'two', 'three']);
  });

  it('[ST4] [ST5] goes on in memory, and says so, when the browser deletes its store', async () => {
    const engine = await visit();
    await engine.syncNow();
    await deleteDB(name);
    await add(engine, 'after').settlement.acked;
    expect(engine.status$.value.storage).to.equal('memory');
    expect(engine.status$.value.storageNote).to.contain('deleted');
    expect(titles(engine)).to.deep.equal(['after']);
  });
});
