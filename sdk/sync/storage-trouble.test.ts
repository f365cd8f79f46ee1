import { deepEqual, equal, match } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { itemIds } from '../merge/playlist-order.ts';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupScope } from '../protocol/ids.ts';
import { entry } from '../store/journal.contract.ts';
import { type Journal, noChange } from '../store/journal.ts';
import { noKeyMessage } from '../store/keyring.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { blocked, storageFailure, tooSlow } from '../store/storage-failure.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Engine } from './engine.ts';

const crew = groupScope('crew');

describe('a replica whose storage fails', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let network: LoopbackNetwork;

  const open = async (journal: Journal): Promise<Engine> => {
    const engine = await loopbackEngine({
      journal,
      openLink: network.openLink,
      scheduler,
    });
    engine.follow(crew);
    engine.start();
    return engine;
  };
  const add = (engine: Engine, itemId: string) =>
    engine.submit(crew, 'playlist.add', { items: [{ itemId, title: itemId }] });
  const shown = (engine: Engine): string[] =>
    itemIds((engine.replica.scope(crew).shown as GroupState).playlist);
  const onServer = (): string[] => itemIds((server.stateOf(crew) as GroupState).playlist);
  /** A disk that works until `fail` names what it throws from then on. */
  const failingDisk = (): { journal: Journal; fail: (error: unknown) => void } => {
    const memory = memoryJournal('phone');
    let failure: { readonly error: unknown } | undefined;
    const unlessFailing = async <T>(work: () => Promise<T>): Promise<T> => {
      if (failure) throw failure.error;
      return work();
    };
    const journal: Journal = {
      kind: 'disk',
      load: () => unlessFailing(memory.load),
      lead: () => unlessFailing(memory.lead),
      acked: (...which) => unlessFailing(() => memory.acked(...which)),
      write: (...args) => unlessFailing(() => memory.write(...args)),
      close: async () => {},
    };
    return {
      journal,
      fail: (error) => {
        failure = { error };
      },
    };
  };

  beforeEach(() => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.nowMs());
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', scheduler.after);
  });

  const troubles: readonly (readonly [string, unknown, RegExp])[] = [
    ['there is no Web Crypto', new JamzError('unavailable', noKeyMessage), /Open it over https/],
    ['site data is forbidden', named('SecurityError'), /Allow cookies and site data/],
    ['a private window refuses', named('InvalidStateError'), /use another window/],
    ['the disk is full', named('QuotaExceededError'), /Free some space/],
    ['the database is damaged', named('UnknownError'), /Reload the page/],
    ['a newer page upgraded it', named('VersionError'), /Reload it/],
    ['an older tab holds it', blocked(), /Close it and reload/],
    ['the browser never answers', tooSlow(), /Start the browser again/],
  ];
  for (const [what, cause, advice] of troubles) {
    it(`[ST5] [ST15] works in memory, and says what to do, where ${what} from the start`, async () => {
      const { journal, fail } = failingDisk();
      fail(storageFailure(cause));
      const engine = await open(journal);
      const { settlement } = add(engine, 'first');
      await scheduler.advance(100);
      await settlement.acked;
      deepEqual(onServer(), ['first']);
      equal(engine.status$.value.storage, 'memory');
      match(engine.status$.value.storageNote ?? '', advice);
      await engine.close();
    });

    it(`[ST5] loses nothing typed, and nothing acknowledged, where ${what} after a while`, async () => {
      const { journal, fail } = failingDisk();
      const engine = await open(journal);
      const before = add(engine, 'acknowledged').settlement;
      await scheduler.advance(100);
      await before.acked;
      network.down();
      add(engine, 'on-disk');
      await scheduler.advance(100);
      fail(storageFailure(cause));
      add(engine, 'typed-after');
      await scheduler.advance(100);
      deepEqual(shown(engine), ['acknowledged', 'on-disk', 'typed-after']);
      equal(engine.status$.value.storage, 'memory');
      match(engine.status$.value.storageNote ?? '', advice);
      network.up();
      await scheduler.advance(60_000);
      deepEqual(onServer(), ['acknowledged', 'on-disk', 'typed-after']);
      equal(engine.status$.value.pending, 0);
      await engine.close();
    });
  }

  it('[ST15] goes on with the disk, and tells what of it cannot be read', async () => {
    const memory = memoryJournal('phone');
    const note = 'One change that waited on this device cannot be decrypted any more.';
    const journal: Journal = {
      ...memory,
      kind: 'disk',
      load: async () => ({ ...(await memory.load()), note }),
    };
    const engine = await open(journal);
    await scheduler.advance(100);
    const { storage, storageNote } = engine.status$.value;
    deepEqual([storage, storageNote], ['disk', note]);
    await engine.close();
  });

  it('[ST5] a failed write leaves what an earlier visit stored for the next one', async () => {
    const { journal, fail } = failingDisk();
    await journal.write({ ...noChange, enqueue: [entry('left', crew)] });
    fail(storageFailure(named('UnknownError')));
    const engine = await open(journal);
    deepEqual(shown(engine), []);
    await engine.close();
  });
});

function named(name: string): DOMException {
  return new DOMException('As the browser says it.', name);
}
