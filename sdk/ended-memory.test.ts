import { equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { endedMemory } from './ended-memory.ts';
import { Hub } from './hub.ts';
import { refusalOf } from './merge/admissible.ts';
import { JamzError } from './protocol/errors.ts';
import { groupScope } from './protocol/ids.ts';
import type { EndedScope } from './protocol/wire.ts';
import type { KeyValue } from './store/key-value.ts';
import { memoryJournal } from './store/memory-journal.ts';
import { memoryKeyValue } from './store/memory-key-value.ts';
import type { Engine } from './sync/engine.ts';
import { noSurroundings } from './sync/scheduler.ts';
import { loopbackEngine } from './testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from './testing/loopback-link.ts';
import { LoopbackServer } from './testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from './testing/virtual-scheduler.ts';

const crew = groupScope('crew');
const removed: EndedScope = { scope: crew, code: 'removed', message: 'You were removed.' };

describe('A scope that is over', () => {
  let storage: KeyValue;
  let scheduler: VirtualScheduler;
  let network: LoopbackNetwork;
  let hub: Hub;

  /** A page of this person is opened, and looks at the group. */
  const visit = async (userId = 'ana'): Promise<Engine> => {
    hub = new Hub(endedMemory(storage));
    const engine = await loopbackEngine(
      {
        ...{ refusalOf, server: 'loopback:', site: 'pk_test', userId, scheduler },
        ...{ journal: memoryJournal(`${userId}-phone`), surroundings: noSurroundings },
        openLink: (...call) => network.openLink(...call),
      },
      {
        changed: (scopes) => hub.changed(scopes),
        live() {},
        groups() {},
        ended: (ended) => hub.endedNow(ended),
      },
    );
    hub.want(crew);
    hub.attach(engine, userId);
    engine.start();
    await scheduler.advance(100);
    return engine;
  };

  /** The server says so: what is known leaves the device, and the page is told. */
  const over = ({ replica }: Engine, ended: EndedScope): void => {
    replica.end(crew, new JamzError(ended.code, ended.message));
    hub.endedNow(ended);
  };

  beforeEach(() => {
    storage = memoryKeyValue();
    scheduler = virtualScheduler();
    const server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', scheduler.after);
  });

  it('[AC13] is known to be after a reload in a tunnel, to that person alone', async () => {
    over(await visit(), removed);
    network.freeze();
    await visit();
    equal(hub.ended(crew)?.code, 'removed');
    await visit('bo');
    equal(hub.ended(crew), undefined);
  });

  it('[AC13] [AC11] is over no more once the server lets its person in again, also after a reload', async () => {
    over(await visit(), removed);
    await visit();
    await scheduler.advance(1_000);
    equal(hub.ended(crew), undefined);
    equal(hub.state(crew)?.kind, 'group');
    network.freeze();
    await visit();
    equal(hub.ended(crew), undefined);
  });

  it('[AC13] is asked for anew where it was over for another reason', async () => {
    over(await visit(), { ...removed, code: 'not-found' });
    network.freeze();
    await visit();
    equal(hub.ended(crew), undefined);
  });

  it('[AC13] [AC11] is over no more for who comes back to it', async () => {
    over(await visit(), removed);
    hub.want(crew);
    network.freeze();
    await visit();
    equal(hub.ended(crew), undefined);
  });
});

describe('The codes that end scopes', () => {
  for (const code of ['gone', 'removed'] as const) {
    it(`[OP21] end none where they refuse an op: ${code}`, async () => {
      const scheduler = virtualScheduler();
      const server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
      server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
      const ended: EndedScope[] = [];
      const { openLink } = loopbackNetwork(server, 'ana', scheduler.after);
      const engine = await loopbackEngine(
        {
          ...{
            scheduler,
            openLink,
          },
          ...{ journal: memoryJournal('phone'), surroundings: noSurroundings },
        },
        { ended: (end) => ended.push(end) },
      );
      engine.follow(crew);
      engine.start();
      await scheduler.advance(100);
      server.judge = (op) =>
        op.type === 'messages.send' ? { error: new JamzError(code, 'Not this one.') } : undefined;
      engine.submit(crew, 'messages.send', { messageId: 'm', text: 'hi' });
      engine.submit(crew, 'repeat.set', { mode: 'all' });
      await scheduler.advance(1_000);
      equal(ended.length, 0);
      equal(engine.status$.value.state, 'SYNCED');
      equal(engine.replica.setAside[0]?.setAside?.code, code);
      const { confirmed } = engine.replica.scope(crew);
      equal(confirmed.kind === 'group' && confirmed.playback.repeat, 'all');
    });
  }
});
