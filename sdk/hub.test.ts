import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Hub } from './hub.ts';
import { refusalOf } from './merge/admissible.ts';
import type { GroupState } from './merge/states.ts';
import { groupScope, type UserId } from './protocol/ids.ts';
import { memoryJournal } from './store/memory-journal.ts';
import { View } from './streams/view.ts';
import { Engine } from './sync/engine.ts';
import { noSurroundings } from './sync/scheduler.ts';
import { loopbackNetwork } from './testing/loopback-link.ts';
import { LoopbackServer } from './testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from './testing/virtual-scheduler.ts';

const crew = groupScope('crew');

describe('hub', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let hub: Hub;

  const attach = async (userId: UserId): Promise<Engine> => {
    const network = loopbackNetwork(server, userId, scheduler.after);
    const engine = await Engine.open(
      {
        refusalOf,
        server: 'loopback:',
        site: 'pk_test',
        userId,
        journal: memoryJournal(`${userId}-phone`),
        openLink: network.openLink,
        token: async () => 'token',
        scheduler,
        surroundings: noSurroundings,
        random: Math.random,
      },
      {
        changed: (scopes) => hub.changed(scopes),
        live() {},
        groups() {},
        ended: (ended) => hub.endedNow(ended),
      },
    );
    hub.attach(engine, userId);
    engine.start();
    await scheduler.advance(100);
    return engine;
  };
  const names = (): string[] => {
    const state = hub.state(crew) as GroupState | undefined;
    return state
      ? [...state.playlist.order.values()].map(({ itemId }) => itemId)
      : ['nothing known'];
  };
  const add = (itemId: string) =>
    hub.send(crew, 'playlist.add', { items: [{ itemId, title: itemId }] });

  beforeEach(() => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [
      { userId: 'ana', name: 'Ana' },
      { userId: 'bo', name: 'Bo' },
    ]);
    hub = new Hub();
  });

  it('follows what was wanted before anybody signed in', async () => {
    hub.want(crew);
    deepEqual(names(), ['nothing known']);
    await attach('ana');
    deepEqual(names(), []);
  });

  it('follows what is wanted later at once', async () => {
    await attach('ana');
    hub.want(crew);
    await scheduler.advance(100);
    deepEqual(names(), []);
  });

  it('gives streams that outlive a sign-out and the next person’s sign-in', async () => {
    hub.want(crew);
    const seen: string[] = [];
    const stream = new View(
      () => `${hub.userId ?? 'nobody'}: ${names().join()}`,
      hub.changes(crew),
    );
    stream.subscribe((value) => seen.push(value));
    const engine = await attach('ana');
    add('song');
    await scheduler.advance(100);
    hub.attach(undefined, undefined);
    await engine.close();
    await attach('bo');
    deepEqual(seen.filter((line, index) => line !== seen[index - 1]).slice(-3), [
      'nobody: nothing known',
      'bo: nothing known',
      'bo: song',
    ]);
    equal(seen.includes('ana: song'), true);
  });

  it('refuses commands while nobody is signed in, and never unhandled', async () => {
    await rejects(add('song').acked, { code: 'unauthenticated' });
    add('song');
  });

  it('[AC1] tells of a scope that has ended, until it is wanted again', async () => {
    await attach('ana');
    hub.want(crew);
    let told = 0;
    hub.changes(crew)(
      () => {
        told += 1;
      },
      () => {},
    );
    hub.endedNow({ scope: crew, code: 'removed', message: 'You were removed.' });
    equal(hub.ended(crew)?.code, 'removed');
    equal(told, 1);
    hub.want(crew);
    equal(hub.ended(crew), undefined);
    equal(told, 2);
  });

  it('[AC11] follows a group again whose person was removed and has come back', async () => {
    const van = groupScope('van');
    await attach('ana');
    hub.want(van);
    await scheduler.advance(100);
    equal(hub.ended(van)?.code, 'not-found');
    server.createGroup('van', [{ userId: 'ana', name: 'Ana' }]);
    hub.want(van);
    await scheduler.advance(100);
    equal(hub.ended(van), undefined);
    equal((hub.state(van) as GroupState).members.present.size, 1);
  });

  it('tells who looks at everything of every change, and others of theirs only', async () => {
    const told: string[] = [];
    const look = (name: 'all' | 'g:crew' | 'g:van'): void => {
      hub.changes(name)(
        () => told.push(name),
        () => {},
      );
    };
    look('all');
    look('g:crew');
    look('g:van');
    hub.changed(new Set([crew]));
    deepEqual(told, ['g:crew', 'all']);
  });

  it('completes every stream when it is closed, and those opened after', () => {
    let completed = 0;
    const done = { complete: () => (completed += 1) };
    new View(() => 1, hub.changes(crew)).subscribe(done);
    hub.close();
    new View(() => 1, hub.changes('all')).subscribe(done);
    equal(completed, 2);
  });
});
