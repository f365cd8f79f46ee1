import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  actor,
  createSyncBench,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');
const bo = actor('bo');

describe('Who may push', () => {
  let bench: SyncBench;
  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
  });

  it('[AC5] sends an op back to who carries it for another, without a final word', async () => {
    const phone = testReplica('bo');
    const op = phone.op('messages.send', { messageId: 'm1', text: 'hi' });
    const stranger = await bench.logs.push(ana, phone.push(op));
    deepEqual(
      stranger.retry.map(([number, code]) => [number, code]),
      [[1, 'forbidden']],
    );
    const own = testReplica('bo', { replicaId: 'tablet-bo' });
    const taken = await bench.logs.push(
      bo,
      own.push(own.op('messages.send', { messageId: 'm1', text: 'hi' })),
    );
    deepEqual(taken.applied, [[1, 1]]);
  });

  it('[AC6] does not let one person use up the numbers of another’s replica', async () => {
    const phone = testReplica('bo');
    await bench.logs.push(
      bo,
      phone.push(phone.op('messages.send', { messageId: 'm1', text: 'hi' })),
    );
    const forged = testReplica('ana', { replicaId: 'phone-bo' });
    forged.op('messages.send', { messageId: 'x', text: 'x' });
    const theft = forged.push(forged.op('messages.send', { messageId: 'm2', text: 'mine' }));
    equal((await bench.logs.push(ana, theft)).retry[0]?.[1], 'forbidden');
    const next = phone.push(phone.op('messages.send', { messageId: 'm3', text: 'still here' }));
    deepEqual((await bench.logs.push(bo, next)).applied, [[2, 2]]);
  });

  it('[AC4] takes what only the server writes from nobody else', async () => {
    const phone = testReplica('ana');
    const answer = await bench.logs.push(
      ana,
      phone.push(
        phone.op('members.join', { memberId: 'eve', name: 'Eve', role: 'owner' }),
        phone.op('invitations.create', { code: 'c1' }),
      ),
    );
    deepEqual(
      answer.refused.map(([, code]) => code),
      ['forbidden', 'forbidden'],
    );
    const forged = testReplica('ana', { replicaId: 'server' });
    const { retry } = await bench.logs.push(
      ana,
      forged.push(forged.op('messages.send', { messageId: 'm', text: 'x' }, { number: 50 })),
    );
    equal(retry[0]?.[1], 'forbidden');
  });

  it('[MG22] holds members to the group’s policies', async () => {
    const owner = testReplica('ana');
    const member = testReplica('bo');
    await bench.logs.push(
      ana,
      owner.push(owner.op('group.update', { policies: { add: 'owners' } })),
    );
    const add = member.op('playlist.add', { items: [{ itemId: 'i1', title: 'Song' }] });
    equal((await bench.logs.push(bo, member.push(add))).refused[0]?.[1], 'forbidden');
  });

  it('[AC4] turns the whole push away from who is no member, and changes nothing', async () => {
    const before = await bench.logs.viewOf(road);
    for (const [who, code] of [
      [actor('eve'), 'forbidden'],
      [actor('ana', { siteId: 's2' }), 'not-found'],
    ] as const) {
      const phone = testReplica(who.userId, { replicaId: `spy-${code}` });
      const push = phone.push(phone.op('messages.send', { messageId: 'm', text: 'x' }));
      await rejects(bench.logs.push(who, push), { code });
    }
    const lost = testReplica('ana', { scope: 'g:nowhere' });
    await rejects(bench.logs.push(ana, lost.push()), { code: 'not-found' });
    equal(await bench.logs.viewOf(road), before);
  });

  it('[AC4] keeps a person’s own scope to that person, and makes it on first use', async () => {
    const phone = testReplica('ana', { scope: 'u:ana' });
    const push = phone.push(phone.op('profile.update', { name: 'Ana M.' }));
    deepEqual((await bench.logs.push(ana, push)).applied, [[1, 1]]);
    await rejects(bench.logs.push(bo, push), { code: 'forbidden' });
  });
});
