import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { BehaviorSubject } from 'rxjs';
import type { Identity } from './auth/identity-port.ts';
import { EngineSwitch } from './engine-switch.ts';
import { Hub } from './hub.ts';
import { PositionLane } from './positions/lane.ts';
import { JamzError } from './protocol/errors.ts';
import { groupScope } from './protocol/ids.ts';
import type { WireUser } from './protocol/wire.ts';
import type { Journal } from './store/journal.ts';
import { memoryJournal } from './store/memory-journal.ts';
import { noSurroundings } from './sync/scheduler.ts';
import type { LeadEvents } from './sync/tab-lead.ts';
import { noTabs } from './sync/tabs.ts';
import { loopbackNetwork } from './testing/loopback-link.ts';
import { LoopbackServer } from './testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from './testing/virtual-scheduler.ts';

const crew = groupScope('crew');
const ana: WireUser = { id: 'ana', name: 'Ana', guest: true };

describe('the switch of engines', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let hub: Hub;
  let journal: Journal;
  let election: LeadEvents | undefined;
  let engines: EngineSwitch;

  const leads = (): boolean | undefined => hub.engine?.status$.value.leader;
  const add = (title: string): void => {
    hub.send(crew, 'playlist.add', {
      items: [{ itemId: title.replaceAll(' ', '-'), title }],
    });
  };

  beforeEach(async () => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    hub = new Hub();
    journal = memoryJournal('ana-browser');
    const user$ = new BehaviorSubject<WireUser | null>(ana);
    const identity = { user$, token: async () => 'token', expired() {} };
    engines = new EngineSwitch({
      server: 'loopback:',
      site: 'pk_test',
      identity: identity as unknown as Identity,
      hub,
      lane: new PositionLane(),
      openLink: loopbackNetwork(server, 'ana', scheduler.after).openLink,
      scheduler,
      surroundings: noSurroundings,
      random: Math.random,
      journalOf: () => journal,
      tabsOf: () => ({
        tabs: noTabs,
        campaign: (events) => {
          election = events;
          return () => {};
        },
      }),
      onStatus() {},
      onGroups() {},
      took: undefined,
    });
    hub.want(crew);
    await scheduler.settle();
    election?.won();
    await scheduler.advance(1_000);
  });
  afterEach(() => engines.close());

  it('[TB1] leads when it is told so, and follows when it has lost', async () => {
    equal(leads(), true);
    election?.lost();
    await scheduler.advance(100);
    equal(leads(), false);
    election?.won();
    await scheduler.advance(1_000);
    equal(leads(), true);
  });

  it('[TB12] leads again a second after its term was taken by none of the tabs, and loses no op', async () => {
    await journal.lead();
    add('tapped as a zombie');
    await scheduler.advance(500);
    equal(leads(), false);
    await scheduler.advance(2_000);
    equal(leads(), true);
    add('tapped after');
    await scheduler.advance(1_000);
    equal(hub.engine?.replica.pendingCount, 0);
    equal(server.headOf(crew), 4);
  });

  it('[ST17] goes back to a disk that failed once it can be written and nothing waits in memory', async () => {
    let isFull = true;
    const disk = journal;
    journal = {
      ...disk,
      kind: 'disk',
      close: async () => {},
      lead: () => (isFull ? Promise.reject(full()) : disk.lead()),
      write: (change, term) => (isFull ? Promise.reject(full()) : disk.write(change, term)),
    };
    election?.lost();
    await scheduler.advance(100);
    election?.won();
    await scheduler.advance(1_000);
    add('on a full disk');
    await scheduler.advance(1_000);
    equal(hub.engine?.status$.value.storage, 'memory');
    await scheduler.advance(70_000);
    equal(hub.engine?.status$.value.storage, 'memory');

    isFull = false;
    await scheduler.advance(130_000);
    deepEqual(
      [hub.engine?.status$.value.storage, hub.engine?.status$.value.state],
      ['disk', 'SYNCED'],
    );
    add('on a disk with room');
    await scheduler.advance(1_000);
    equal(server.headOf(crew), 4);
    equal(hub.engine?.status$.value.storage, 'disk');
  });

  it('[TB4] [TB12] follows on where another tab has won the lead', async () => {
    await journal.lead();
    add('tapped as a zombie');
    await scheduler.advance(500);
    election?.lost();
    await scheduler.advance(5_000);
    deepEqual([leads(), hub.engine?.replica.pendingCount], [false, 1]);
  });
});

function full(): JamzError {
  return new JamzError('storage-full', 'The disk is full.');
}
