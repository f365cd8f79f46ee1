import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { BusMessage } from '../ports/bus.ts';
import {
  actor,
  afterAllWrites,
  createSyncBench,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');

describe('The index of memberships', () => {
  let bench: SyncBench;
  let phone: ReturnType<typeof testReplica>;
  const kinds = (kind: BusMessage['kind']) =>
    bench.told.flatMap((told) => (told.kind === kind && 'userId' in told ? [told.userId] : []));

  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench, { ana: 'owner', bo: 'member', cy: 'member' });
    bench.told.length = 0;
    phone = testReplica('ana');
  });

  it('[LG13] follows the log: who is where, as what, and how many', async () => {
    const { memberships } = bench.store;
    equal((await memberships.group('road'))?.memberCount, 3);
    deepEqual(
      (await memberships.ofUser('ana')).map(({ groupId, role }) => [groupId, role]),
      [['road', 'owner']],
    );
    await bench.logs.push(
      ana,
      phone.push(
        phone.op('group.update', { name: 'Sea trip' }),
        phone.op('members.role', { memberId: 'bo', role: 'moderator' }),
        phone.op('members.remove', { memberId: 'cy' }),
      ),
    );
    const [group] = await memberships.ofUser('bo');
    deepEqual([group?.name, group?.role, group?.memberCount], ['Sea trip', 'moderator', 2]);
    deepEqual(await memberships.ofUser('cy'), []);
  });

  it('[AC2] tells the removed that it is over before it tells the others why', async () => {
    await bench.logs.push(ana, phone.push(phone.op('members.remove', { memberId: 'cy' })));
    deepEqual(kinds('ended'), ['cy']);
    const order = bench.told.map(({ kind }) => kind);
    equal(order.indexOf('ended') < order.indexOf('commits'), true);
    deepEqual(kinds('groups').sort(), ['ana', 'bo', 'cy']);
  });

  it('[AC2] tells everybody of a deleted group that it is gone', async () => {
    await bench.logs.push(ana, phone.push(phone.op('group.delete', {})));
    const codes = bench.told.flatMap((told) => (told.kind === 'ended' ? [told.ended.code] : []));
    deepEqual(codes, ['gone', 'gone', 'gone']);
    deepEqual(await bench.store.memberships.ofUser('ana'), []);
  });

  it('tells nothing of memberships when nothing of them changed', async () => {
    await bench.logs.push(
      ana,
      phone.push(phone.op('messages.send', { messageId: 'm', text: 'hi' })),
    );
    deepEqual(
      bench.told.map(({ kind }) => kind),
      ['commits'],
    );
  });

  it('[LG13] is made good when the log is read again after a crash between the two writes', async () => {
    const { store } = bench;
    await bench.snapshots.recent(road, await bench.logs.viewOf(road));
    await afterAllWrites(store);
    const crashing = createSyncBench({
      ...store,
      memberships: { ...store.memberships, put: lost, remove: lost, updateGroup: lost },
    });
    const join = { memberId: 'di', name: 'Di', role: 'member' } as const;
    await crashing.logs.appendServerOps(road, [
      { type: 'members.join', payload: join, authorId: 'di' },
    ]);
    equal(crashing.bugs.length, 1);
    deepEqual(await store.memberships.ofUser('di'), []);

    await createSyncBench(store).logs.viewOf(road);
    equal((await store.memberships.ofUser('di')).length, 1);
    equal((await store.memberships.group('road'))?.memberCount, 4);
  });
});

async function lost(): Promise<void> {
  throw new Error('the process died here');
}
