import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { refusalOf } from '../merge/admissible.ts';
import { itemIds } from '../merge/playlist-order.ts';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupScope } from '../protocol/ids.ts';
import type { Journal } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { Engine } from '../sync/engine.ts';
import { noSurroundings } from '../sync/scheduler.ts';
import { type LoopbackFetch, loopbackFetch } from '../testing/loopback-fetch.ts';
import { loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { httpLink } from './http-link.ts';
import { type Errand, runErrand } from './run-errand.ts';

const crew = groupScope('crew');

describe('an errand of a service worker', () => {
  let server: LoopbackServer;
  let scheduler: VirtualScheduler;
  let journal: Journal;
  let network: LoopbackFetch;
  let leads: boolean;
  let letGone: number;

  beforeEach(() => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(scheduler.nowMs);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    journal = memoryJournal('phone');
    network = loopbackFetch(server, 'ana', scheduler.nowMs);
    leads = true;
    letGone = 0;
  });

  const engine = async (): Promise<Engine> => {
    const page = loopbackNetwork(server, 'ana', scheduler.after);
    page.down();
    const events = { changed() {}, live() {}, groups() {}, ended() {} };
    const deps = {
      refusalOf,
      server: 'loopback:',
      site: 'pk_test',
      userId: 'ana',
      journal,
      openLink: page.openLink,
      token: async () => 'token',
      scheduler,
      surroundings: noSurroundings,
      random: scheduler.random,
    };
    const opened = await Engine.open({ ...deps, random: Math.random }, events);
    opened.follow(crew);
    opened.start();
    return opened;
  };
  /** A page without a network: what is tapped stays in the journal when it closes. */
  const tap = async (...itemIds: readonly string[]): Promise<void> => {
    const page = await engine();
    for (const itemId of itemIds) {
      page.submit(crew, 'playlist.add', { items: [{ itemId, title: itemId }] });
    }
    await scheduler.settle();
    await page.close();
  };
  const run = async (errand: Errand = 'drain'): Promise<void> => {
    const work = runErrand(errand, {
      server: 'https://jamz.example',
      site: 'pk_test',
      userId: 'ana',
      token: 'token',
      openJournal: () => ({ ...journal, close: async () => {} }),
      openLink: httpLink({ fetch: network.fetch, monotonicMs: scheduler.monotonicMs }),
      scheduler,
      random: Math.random,
      takeLead: async () => {
        if (!leads) return undefined;
        return () => {
          letGone += 1;
        };
      },
    });
    // Failed or not, time passes until it is over.
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    work.then(over, over);
    for (let second = 0; !isOver && second < 120; second++) await scheduler.advance(1_000);
    await work;
  };
  const atServer = (): readonly string[] => itemIds((server.stateOf(crew) as GroupState).playlist);
  const outbox = async () => (await journal.load()).outbox;

  it('[SW1] sends what a page left, in its order, each op once, and lets go', async () => {
    const made = Array.from({ length: 1_200 }, (_, index) => `t${index}`);
    await tap(...made);
    await run();
    deepEqual(atServer(), made);
    deepEqual(await outbox(), []);
    equal(letGone, 1);
    const numbers = network.requests.flatMap(({ push }) =>
      push.flatMap(({ runs }) => runs.flatMap(({ ops }) => ops.map(([number]) => number))),
    );
    deepEqual(
      numbers,
      made.map((_, index) => index + 1),
    );
  });

  it('[SW10] leaves alone what waits for an upload, and what depends on that, and sends the rest', async () => {
    const page = await engine();
    const add = (itemId: string, fileId?: string): void => {
      const items = [{ itemId, title: itemId, ...(fileId ? { fileId } : {}) }];
      page.submit(crew, 'playlist.add', { items });
    };
    add('before');
    add('held', '~song');
    page.submit(crew, 'reactions.set', { itemId: 'held', like: true });
    add('after');
    await scheduler.settle();
    await page.close();
    const was = await outbox();
    for (const errand of ['drain', 'drain', 'refresh'] as const) await run(errand);
    deepEqual(atServer(), ['before', 'after']);
    const types = (await outbox()).map(({ op }) => op.type);
    deepEqual(types, ['playlist.add', 'reactions.set']);
    deepEqual(await outbox(), [was[1], was[2]]);
    equal(letGone, 2);
  });

  it('[SW10] leaves what waits for an upload to the pages where its group is over', async () => {
    const page = await engine();
    const items = [{ itemId: 'held', title: 'held', fileId: '~song' }];
    page.submit(crew, 'playlist.add', { items });
    page.submit(crew, 'playlist.add', { items: [{ itemId: 'free', title: 'free' }] });
    await scheduler.settle();
    await page.close();
    const handle = server.handle.bind(server);
    server.handle = async (socket, event, payload) => {
      if (event === 'push') throw new JamzError('gone', 'This group was deleted.');
      return handle(socket, event, payload);
    };
    await run().catch(() => {});
    const kept = (await outbox()).map(({ dependsOn, setAside }) => [dependsOn[0], setAside]);
    deepEqual(kept[0], ['~song', null]);
  });

  it('[SW1] asks nothing of the server where nothing waits', async () => {
    await run();
    deepEqual(network.requests, []);
    equal(letGone, 0);
  });

  it('[SW1] sets aside what is refused, with what depends on it, and sends the rest', async () => {
    const page = await engine();
    page.submit(crew, 'playlist.add', { items: [{ itemId: 'bad', title: 'bad' }] });
    page.submit(crew, 'reactions.set', { itemId: 'bad', like: true });
    page.submit(crew, 'playlist.add', { items: [{ itemId: 'good', title: 'good' }] });
    await scheduler.settle();
    await page.close();
    server.judge = ({ type, payload }) =>
      JSON.stringify([type, payload]).includes('bad')
        ? { error: new JamzError('forbidden', 'Not this one.') }
        : undefined;
    await run();
    deepEqual(atServer(), ['good']);
    deepEqual(
      (await outbox()).map(({ op, setAside }) => [op.type, setAside?.code]),
      [
        ['playlist.add', 'forbidden'],
        ['reactions.set', 'forbidden'],
      ],
    );
  });

  it('[SW6] spends no attempt while no server is reached, and says that it has to come again', async () => {
    await tap('one', 'two');
    network.down = true;
    await rejects(run(), { code: 'unavailable' });
    deepEqual(
      (await outbox()).map(({ attempts, setAside }) => [attempts, setAside]),
      [
        [0, null],
        [0, null],
      ],
    );
    equal(letGone, 1);
    network.down = false;
    await run();
    deepEqual(atServer(), ['one', 'two']);
  });

  it('[SA1] spends attempts on an op that the server puts off, and sets it aside after the fifth', async () => {
    await tap('one');
    server.judge = () => ({ error: new JamzError('internal', 'Not now.'), retry: true });
    await run();
    const [entry] = await outbox();
    deepEqual([entry?.attempts, entry?.setAside?.code], [5, 'internal']);
    equal(network.requests.filter(({ push }) => push.length > 0).length, 5);
  });

  it('[SW6] is over within a minute, whatever the server asks for', async () => {
    await tap('one');
    const slow = new JamzError('rate-limited', 'Later.', { retryAfterMs: 300_000 });
    server.handle = async (_socket, event) => {
      if (event === 'push') throw slow;
      return { scope: crew, head: [1, 0, ''], commits: [] };
    };
    const beganMs = scheduler.monotonicMs();
    await rejects(run(), { code: 'unavailable' });
    equal(scheduler.monotonicMs() - beganMs <= 61_000, true);
    equal((await outbox())[0]?.attempts, 0);
  });

  it('[SW7] says that a refused token is of no use, and leaves the ops', async () => {
    await tap('one');
    network.revoked = true;
    await rejects(run(), { code: 'unauthenticated' });
    deepEqual(
      (await outbox()).map(({ attempts, setAside }) => [attempts, setAside]),
      [[0, null]],
    );
  });

  it('[SW9] leaves the work to a tab that leads, and comes again in case it is closed', async () => {
    await tap('one');
    leads = false;
    await rejects(run(), { code: 'unavailable' });
    deepEqual(network.requests, []);
    await run('refresh');
  });

  it('[SW9] stops where a tab takes over while it is at work, and loses nothing', async () => {
    await tap('one');
    const { write } = journal;
    journal = {
      ...journal,
      // The first write of the worker comes too late.
      async write(change, term) {
        if (term !== undefined) await journal.lead();
        return write(change, term);
      },
    };
    await rejects(run(), { code: 'unavailable' });
    deepEqual(
      (await outbox()).map(({ op }) => op.type),
      ['playlist.add'],
    );
  });
});
