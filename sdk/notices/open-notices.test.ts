import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Hub } from '../hub.ts';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupScope, type UserId } from '../protocol/ids.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import type { Engine } from '../sync/engine.ts';
import { LiveValue } from '../sync/live-value.ts';
import { restingStatus, type SyncStatus } from '../sync/status.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { openWatch } from '../watch.ts';
import type { Notice } from './notice.ts';

const crew = groupScope('crew');

interface Phone {
  readonly hub: Hub;
  readonly engine: Engine;
  readonly network: LoopbackNetwork;
  readonly notices$: LiveValue<readonly Notice[]>;
  readonly status$: LiveValue<SyncStatus>;
  close(): void;
}

describe('notices', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let ana: Phone;
  let bo: Phone;
  let made = 0;

  const phone = async (
    userId: UserId,
    journal = memoryJournal(`${userId}-phone`),
    storage = memoryKeyValue(),
  ): Promise<Phone> => {
    const hub = new Hub();
    const network = loopbackNetwork(server, userId, scheduler.after);
    const notices$ = new LiveValue<readonly Notice[]>([]);
    const status$ = new LiveValue<SyncStatus>(restingStatus);
    const asides = () =>
      (hub.engine?.replica.setAside ?? []).map(({ op, scope, setAside }) => ({
        opId: op.opId,
        scope,
        summary: `do ${op.type}`,
        opType: op.type,
        reason: new JamzError(setAside?.code ?? 'internal', setAside?.message ?? ''),
        setAsideAtMs: setAside?.atMs ?? 0,
        retry: () => hub.engine?.retry(op.opId),
        discard: () => hub.engine?.discard(op.opId),
      }));
    const setAside$ = new LiveValue(asides());
    Object.defineProperty(setAside$, 'value', { get: asides });
    const watch = openWatch(
      {
        hub,
        jamz: { status$, setAside$ },
        storage,
        tabsName: () => null,
        newId: () => `new-${++made}`,
        nowMs: scheduler.nowMs,
        reporting: undefined,
      },
      notices$,
    );
    const engine = await loopbackEngine(
      {
        userId,
        journal,
        openLink: network.openLink,
        scheduler,
      },
      {
        changed: (scopes) => hub.changed(scopes),
        live() {},
        groups() {},
        ended: (ended) => hub.endedNow(ended),
        took: (scope, commits, own) =>
          watch.took(scope, commits, own, scope.confirmed, scope.cursor),
      },
    );
    hub.attach(engine, userId);
    engine.follow(crew);
    engine.start();
    const close = (): void => {
      watch.close();
      void engine.close();
    };
    return { hub, engine, network, notices$, status$, close };
  };
  const groupOf = ({ engine }: Phone): GroupState => engine.replica.scope(crew).shown as GroupState;
  /** Both lose the network, both act, the first is back before the second. */
  const apart = async (first: Phone, second: Phone, ...acts: (() => void)[]): Promise<void> => {
    for (const one of [first, second]) one.network.down();
    for (const act of acts) {
      act();
      await scheduler.advance(10);
    }
    for (const one of [first, second]) {
      one.network.up();
      await scheduler.advance(40_000);
    }
  };
  const summary = ({ notices$ }: Phone): readonly string[] =>
    notices$.value.map(({ kind, text }) => `${kind}: ${text}`);

  beforeEach(async () => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [
      { userId: 'ana', name: 'Ana' },
      { userId: 'bo', name: 'Bo' },
      { userId: 'cleo', name: 'Cleo' },
    ]);
    ana = await phone('ana');
    bo = await phone('bo');
    await scheduler.advance(1_000);
    const place = { placeId: 'camp', name: 'Camp', lat: 46, lng: 14 };
    ana.engine.submit(crew, 'places.save', place);
    ana.engine.submit(crew, 'members.role', { memberId: 'bo', role: 'owner' });
    await scheduler.advance(1_000);
  });
  afterEach(() => {
    ana.close();
    bo.close();
  });

  const rename = (who: Phone, name: string): void => {
    who.engine.submit(crew, 'places.update', { placeId: 'camp', name });
  };

  it('[MG30] [NT1] the earlier writer of a place’s field is told that the later stands', async () => {
    await apart(
      ana,
      bo,
      () => rename(ana, 'Ana’s camp'),
      () => rename(bo, 'Bo’s camp'),
    );
    deepEqual(summary(ana), [
      'overtaken: Bo changed the name of “Bo’s camp” when you did: it is “Bo’s camp” now, yours was “Ana’s camp”.',
    ]);
    deepEqual(summary(bo), []);
  });

  it('[MG30] [NT1] the order in which they reach the log changes nothing', async () => {
    await apart(
      bo,
      ana,
      () => rename(ana, 'Ana’s camp'),
      () => rename(bo, 'Bo’s camp'),
    );
    equal(ana.notices$.value.length, 1);
    equal(ana.notices$.value[0]?.kind === 'overtaken' && ana.notices$.value[0].by, 'bo');
    deepEqual(summary(bo), []);
  });

  it('[MG30] puts an overtaken value back on every device, and is then done with', async () => {
    await apart(
      ana,
      bo,
      () => rename(ana, 'Ana’s camp'),
      () => rename(bo, 'Bo’s camp'),
    );
    const [notice] = ana.notices$.value;
    ok(notice?.kind === 'overtaken');
    await Promise.all([notice.putBack().acked, scheduler.advance(1_000)]);
    await scheduler.advance(1_000);
    equal(groupOf(bo).places.get('camp')?.name, 'Ana’s camp');
    deepEqual(summary(ana), []);
    // Bo's write was seen when it was put back: that is no conflict.
    deepEqual(summary(bo), []);
  });

  it('[NT2] a write whose writer had seen the other overtakes nothing', async () => {
    rename(ana, 'Ana’s camp');
    await scheduler.advance(1_000);
    rename(bo, 'Bo’s camp');
    await scheduler.advance(1_000);
    deepEqual([...summary(ana), ...summary(bo)], []);
  });

  it('[NT2] equal values and different fields overtake nothing', async () => {
    await apart(
      ana,
      bo,
      () => rename(ana, 'Base'),
      () => rename(bo, 'Base'),
      () => void ana.engine.submit(crew, 'places.update', { placeId: 'camp', lat: 47 }),
    );
    deepEqual([...summary(ana), ...summary(bo)], []);
  });

  it('[NT1] tells of the group’s own fields, each policy for itself', async () => {
    await apart(
      ana,
      bo,
      () =>
        void ana.engine.submit(crew, 'group.update', {
          name: 'Ana’s',
          policies: { add: 'owners' },
        }),
      () =>
        void bo.engine.submit(crew, 'group.update', {
          policies: { add: 'everyone', control: 'owners' },
        }),
    );
    const [notice] = ana.notices$.value;
    ok(notice?.kind === 'overtaken');
    deepEqual(notice.fields, [{ field: 'policies.add', mine: 'owners', theirs: 'everyone' }]);
    await Promise.all([notice.putBack().acked, scheduler.advance(1_000)]);
    await scheduler.advance(1_000);
    deepEqual(groupOf(bo).info.info.policies, { join: 'open', add: 'owners', control: 'owners' });
  });

  it('[MG29] a member’s edit that a removal beat is told to its writer', async () => {
    await apart(
      ana,
      bo,
      () => void ana.engine.submit(crew, 'members.role', { memberId: 'cleo', role: 'moderator' }),
      () => void bo.engine.submit(crew, 'members.remove', { memberId: 'cleo', ban: false }),
    );
    deepEqual(summary(ana), ['removed: Bo removed “Cleo” while you were changing the role.']);
    const [notice] = ana.notices$.value;
    equal(notice?.kind === 'removed' && notice.putBack(), undefined);
  });

  it('[MG29] an edit that comes after the removal is refused and told', async () => {
    await apart(
      bo,
      ana,
      () => void ana.engine.submit(crew, 'members.role', { memberId: 'cleo', role: 'moderator' }),
      () => void bo.engine.submit(crew, 'members.remove', { memberId: 'cleo', ban: false }),
    );
    deepEqual(summary(ana), [
      'refused: Could not do members.role: This person is not a member of the group.',
    ]);
  });

  it('[NT3] makes a place anew that was removed under an edit', async () => {
    await apart(
      ana,
      bo,
      () => rename(ana, 'Ana’s camp'),
      () => void bo.engine.submit(crew, 'places.remove', { placeId: 'camp' }),
    );
    const [notice] = ana.notices$.value;
    ok(notice?.kind === 'removed');
    await Promise.all([notice.putBack()?.acked, scheduler.advance(1_000)]);
    await scheduler.advance(1_000);
    const names = groupOf(bo)
      .places.toArray()
      .filter(({ removed }) => !removed);
    deepEqual(
      names.map(({ name, lat }) => [name, lat]),
      [['Ana’s camp', 46]],
    );
  });

  it('[NT4] stands after a reload until it is dismissed, and not after that', async () => {
    const journal = memoryJournal('ana-tablet');
    const storage = memoryKeyValue();
    ana.close();
    ana = await phone('ana', journal, storage);
    await scheduler.advance(40_000);
    await apart(
      ana,
      bo,
      () => rename(ana, 'Ana’s camp'),
      () => rename(bo, 'Bo’s camp'),
    );
    equal(ana.notices$.value.length, 1);
    ana.close();
    ana = await phone('ana', journal, storage);
    await scheduler.advance(1_000);
    equal(ana.notices$.value.length, 1);
    ana.notices$.value[0]?.dismiss();
    await scheduler.advance(1_000);
    ana.close();
    ana = await phone('ana', journal, storage);
    await scheduler.advance(1_000);
    deepEqual(summary(ana), []);
  });

  it('[NT4] finds what was overtaken after the page was opened anew', async () => {
    const journal = memoryJournal('ana-tablet');
    const storage = memoryKeyValue();
    ana.close();
    ana = await phone('ana', journal, storage);
    await scheduler.advance(40_000);
    bo.network.down();
    rename(bo, 'not yet');
    rename(ana, 'Ana’s camp');
    await scheduler.advance(1_000);
    rename(bo, 'Bo’s camp');
    ana.close();
    ana = await phone('ana', journal, storage);
    await scheduler.advance(1_000);
    bo.network.up();
    await scheduler.advance(40_000);
    equal(ana.notices$.value.length, 1);
  });

  it('[MG13] [NT5] tells that a command was for an audio session that has ended', async () => {
    ana.engine.submit(crew, 'session.start', { sessionId: 's1' });
    await scheduler.advance(1_000);
    await apart(
      bo,
      ana,
      () => void bo.engine.submit(crew, 'session.end', { sessionId: 's1' }),
      () => void ana.engine.submit(crew, 'session.leave', { sessionId: 's1' }),
    );
    equal(ana.notices$.value[0]?.kind, 'session-ended');
    match(ana.notices$.value[0]?.text ?? '', /has ended/u);
    ana.notices$.value[0]?.dismiss();
    await scheduler.advance(1_000);
    deepEqual([summary(ana), ana.engine.replica.setAside.length], [[], 0]);
  });

  it('[NT6] tells of an update that is needed and of storage that does not hold', () => {
    ana.status$.next({
      ...restingStatus,
      error: { code: 'update-needed', message: 'Reload this page.' },
      storage: 'memory',
      storageNote: 'Private window.',
    });
    deepEqual(summary(ana), ['update-needed: Reload this page.', 'storage: Private window.']);
    ana.notices$.value[0]?.dismiss();
    deepEqual(summary(ana), ['storage: Private window.']);
  });

  it('[NT7] forgets what it had to tell of a group that is over for this person', async () => {
    await apart(
      ana,
      bo,
      () => rename(ana, 'Ana’s camp'),
      () => rename(bo, 'Bo’s camp'),
    );
    ana.engine.replica.end(crew, new JamzError('removed', 'You were removed.'));
    ana.hub.endedNow({ scope: crew, code: 'removed', message: 'You were removed.' });
    deepEqual(summary(ana), []);
  });
});
