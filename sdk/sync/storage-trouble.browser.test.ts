import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { itemIds } from '../merge/playlist-order.ts';
import type { GroupState } from '../merge/states.ts';
import { groupScope } from '../protocol/ids.ts';
import { browserJournal } from '../store/browser-journal.ts';
import { keyPlatform } from '../store/device-keys.ts';
import { deviceRoom } from '../store/device-room.ts';
import { type After, idbHandle } from '../store/idb-handle.ts';
import { idbJournal } from '../store/idb-journal.ts';
import { localKeyValue } from '../store/local-key-value.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import type { Engine } from './engine.ts';
import { deviceScheduler } from './scheduler.ts';

const crew = groupScope('crew');

describe('a replica whose IndexedDB fails', () => {
  let server: LoopbackServer;
  let network: LoopbackNetwork;
  let name: string;
  let made = 0;
  let freed: number[];
  const engines: Engine[] = [];
  const mended: (() => void)[] = [];

  /** Until it is mended, or the test is over. */
  const breaking = <Of extends object, Name extends keyof Of>(
    of: Of,
    method: Name,
    broken: Of[Name],
  ): (() => void) => {
    const whole = of[method];
    of[method] = broken;
    const mend = (): void => {
      of[method] = whole;
    };
    mended.push(mend);
    return mend;
  };
  const throwing = (error: string) => (): never => {
    throw new DOMException('As the browser says it.', error);
  };
  const visit = async (after?: After): Promise<Engine> => {
    const marks = localKeyValue(`${name}:`, undefined);
    const room = deviceRoom(
      async (bytes) => {
        freed.push(bytes);
        return 0;
      },
      marks,
      { storage: undefined, caches: undefined, vendor: '' },
    );
    made += 1;
    const journal = idbJournal(name, () => `phone-${made}`, keyPlatform(), idbHandle(name, after));
    const engine = await loopbackEngine({
      journal: browserJournal(name, journal, room),
      openLink: network.openLink,
      scheduler: deviceScheduler,
    });
    engines.push(engine);
    engine.follow(crew);
    engine.start();
    return engine;
  };
  const add = (engine: Engine, itemId: string) =>
    engine.submit(crew, 'playlist.add', { items: [{ itemId, title: itemId }] });
  const shown = (engine: Engine): string[] =>
    itemIds((engine.replica.scope(crew).shown as GroupState).playlist);
  const onServer = (): string[] => itemIds((server.stateOf(crew) as GroupState).playlist);
  const inStep = (engine: Engine): Promise<void> => engine.syncNow().catch(() => inStep(engine));

  beforeEach(() => {
    made += 1;
    freed = [];
    name = `jamz:test:trouble:${made}`;
    server = new LoopbackServer(() => Date.now());
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', deviceScheduler.after);
  });
  afterEach(async () => {
    for (const mend of mended.splice(0)) mend();
    for (const engine of engines.splice(0)) await engine.close();
    await deleteDB(name);
  });

  const atOpen: readonly (readonly [string, string, RegExp])[] = [
    ['is forbidden', 'SecurityError', /Allow cookies and site data/],
    ['is closed to a private window', 'InvalidStateError', /use another window/],
    ['cannot read its own files', 'UnknownError', /Reload the page/],
  ];
  for (const [what, error, advice] of atOpen) {
    it(`[ST5] and ${what}, at open: works in memory, says what to do, loses nothing typed`, async () => {
      breaking(IDBFactory.prototype, 'open', throwing(error));
      network.down();
      const engine = await visit();
      const { settlement } = add(engine, 'typed');
      network.up();
      await inStep(engine);
      await settlement.acked;
      expect(onServer()).to.deep.equal(['typed']);
      expect(engine.status$.value.storage).to.equal('memory');
      expect(engine.status$.value.storageNote).to.match(advice);
    });
  }

  it('[ST5] and never answers: works in memory after ten seconds', async () => {
    const whole = IDBFactory.prototype.open;
    breaking(IDBFactory.prototype, 'open', function (this: IDBFactory) {
      const request = whole.call(this, `${name}:silent`);
      request.addEventListener('upgradeneeded', (event) => event.stopImmediatePropagation());
      request.addEventListener('success', (event) => {
        event.stopImmediatePropagation();
        request.result.close();
      });
      return request;
    });
    const waits: number[] = [];
    const atOnce: After = (ms, run) => {
      waits.push(ms);
      queueMicrotask(run);
      return () => {};
    };
    const engine = await visit(atOnce);
    await inStep(engine);
    expect(engine.status$.value.storageNote).to.match(/does not answer/);
    expect(waits[0]).to.equal(10_000);
    await deleteDB(`${name}:silent`);
  });

  it('[ST5] and throws at every transaction after a while: keeps what is on the disk for the next visit', async () => {
    const engine = await visit();
    await inStep(engine);
    await add(engine, 'acknowledged').settlement.acked;
    network.down();
    add(engine, 'on-disk');
    await stored(1);
    const mend = breaking(IDBDatabase.prototype, 'transaction', throwing('UnknownError'));
    add(engine, 'in-memory');
    expect(shown(engine)).to.deep.equal(['acknowledged', 'on-disk', 'in-memory']);
    network.up();
    await inStep(engine);
    expect(onServer()).to.deep.equal(['acknowledged', 'on-disk', 'in-memory']);
    expect(engine.status$.value.storage).to.equal('memory');
    mend();
    await engine.close();

    const next = await visit();
    await inStep(next);
    expect(shown(next)).to.deep.equal(['acknowledged', 'on-disk', 'in-memory']);
    expect(onServer()).to.deep.equal(['acknowledged', 'on-disk', 'in-memory']);
    expect(next.status$.value.storage).to.equal('disk');
  });

  it('[ST6] [ST13] and is full: lets music go first, then says so and loses nothing', async () => {
    const engine = await visit();
    await inStep(engine);
    network.down();
    breaking(IDBObjectStore.prototype, 'add', throwing('QuotaExceededError'));
    add(engine, 'typed');
    network.up();
    await inStep(engine);
    expect(onServer()).to.deep.equal(['typed']);
    expect(freed).to.deep.equal([20_000_000, Number.POSITIVE_INFINITY]);
    expect(engine.status$.value.storageNote).to.match(/Free some space/);
  });

  it('[ST13] and has room again once music went: stays on the disk', async () => {
    const engine = await visit();
    await inStep(engine);
    const whole = IDBObjectStore.prototype.add;
    let times = 0;
    breaking(IDBObjectStore.prototype, 'add', function (this: IDBObjectStore, ...given) {
      times += 1;
      if (times === 1) throw new DOMException('full', 'QuotaExceededError');
      return whole.apply(this, given);
    });
    await add(engine, 'typed').settlement.acked;
    expect(freed).to.deep.equal([20_000_000]);
    expect([engine.status$.value.storage, engine.status$.value.storageNote]).to.deep.equal([
      'disk',
      null,
    ]);
  });

  /** Waits until the disk holds that many pages of ops. */
  const stored = async (pages: number): Promise<void> => {
    const db = await openDB(name);
    try {
      while ((await db.count('ops')) < pages) await new Promise(requestAnimationFrame);
    } finally {
      db.close();
    }
  };
});
