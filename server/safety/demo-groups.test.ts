import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { groupScope } from '../../sdk/protocol/ids.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { Store } from '../ports/store.ts';
import { createSyncBench, makeGroup, type SyncBench } from '../sync/sync-fixture.ts';
import { createSweepDemoGroups } from './demo-groups.ts';

const dayMs = 86_400_000;

describe('the sweep of demo groups', () => {
  let store: Store;
  let one: SyncBench;
  let other: SyncBench;
  beforeEach(async () => {
    store = createSqliteStore({ path: ':memory:' });
    one = createSyncBench(store);
    other = createSyncBench(store);
    await store.sites.put({
      siteId: 's1',
      key: 'pk_demo',
      name: 'Demo',
      policy: 'open',
      origins: ['*'],
      secretHash: null,
      sealedSecret: null,
      createdAtMs: 1,
    });
  });
  afterEach(() => store.close());

  const sweepOf = ({ logs, clock }: SyncBench, days = 7) =>
    createSweepDemoGroups({ store, logs, clock, days });
  const open = (groupId: string): Promise<void> => makeGroup(one, { ana: 'owner' }, groupId);
  const isDeleted = async (groupId: string) => (await store.memberships.group(groupId))?.deleted;
  const headOf = async (groupId: string) => (await store.log.head(groupScope(groupId)))?.seq;

  it('[ID10] deletes what lay still for seven days, and tells its devices', async () => {
    await open('still');
    one.clock.advance(7 * dayMs + 1);
    await open('fresh');
    one.told.length = 0;
    equal(await sweepOf(one)(), 1);
    deepEqual([await isDeleted('still'), await isDeleted('fresh')], [true, false]);
    deepEqual(
      one.told.flatMap((message) => (message.kind === 'ended' ? [message.ended.code] : [])),
      ['gone'],
    );
  });

  it('leaves what had an op since', async () => {
    await open('road');
    one.clock.advance(6 * dayMs);
    await one.logs.appendServerOps('g:road', [{ type: 'repeat.set', payload: { mode: 'all' } }]);
    one.clock.advance(2 * dayMs);
    equal(await sweepOf(one)(), 0);
    equal(await isDeleted('road'), false);
  });

  it('[ID10] is done once by two processes that sweep at the same time', async () => {
    const groups = Array.from({ length: 20 }, (_, index) => `road${index}`);
    for (const groupId of groups) await open(groupId);
    for (const { clock } of [one, other]) clock.advance(8 * dayMs);
    const heads = await Promise.all(groups.map(headOf));
    const swept = await Promise.all([sweepOf(one)(), sweepOf(other)()]);
    equal(swept[0] + swept[1], 20);
    deepEqual(
      await Promise.all(groups.map(headOf)),
      heads.map((seq = 0) => seq + 1),
    );
    deepEqual([...one.bugs, ...other.bugs], []);
  });

  it('spares a group to which somebody comes back at the last moment', async () => {
    await open('road');
    for (const { clock } of [one, other]) clock.advance(8 * dayMs);
    let came = false;
    const logs = {
      ...one.logs,
      async viewOf(scope: Parameters<SyncBench['logs']['viewOf']>[0]) {
        const view = await one.logs.viewOf(scope);
        if (!came) {
          came = true;
          await other.logs.appendServerOps(scope, [
            { type: 'repeat.set', payload: { mode: 'all' } },
          ]);
        }
        return view;
      },
    };
    equal(await createSweepDemoGroups({ store, logs, clock: one.clock, days: 7 })(), 0);
    equal(await isDeleted('road'), false);
  });

  it('leaves other sites alone, and everything where it is switched off', async () => {
    await open('road');
    await store.memberships.createGroup({
      groupId: 'elsewhere',
      siteId: 's2',
      name: 'Elsewhere',
      memberCount: 1,
      policies: { join: 'open', add: 'everyone', control: 'everyone' },
      deleted: false,
      place: null,
    });
    await one.logs.appendServerOps('g:elsewhere', [
      {
        type: 'group.create',
        payload: {
          name: 'Elsewhere',
          policies: { join: 'open', add: 'everyone', control: 'everyone' },
        },
      },
    ]);
    one.clock.advance(400 * dayMs);
    equal(await sweepOf(one, 0)(), 0);
    equal(await sweepOf(one)(), 1);
    equal(await isDeleted('elsewhere'), false);
  });
});
