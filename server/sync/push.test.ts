import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { opsOf } from '../../sdk/protocol/codec.ts';
import { formatHlc } from '../../sdk/protocol/hlc.ts';
import {
  actor,
  createSyncBench,
  groupState,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');
const bo = actor('bo');

describe('A push', () => {
  let bench: SyncBench;
  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    bench.told.length = 0;
  });

  it('[LG1] [WR3] takes ops in order and answers with where the log ends', async () => {
    const phone = testReplica('ana');
    const answer = await bench.logs.push(
      ana,
      phone.push(
        phone.op('messages.send', { messageId: 'm1', text: 'hi' }),
        phone.op('messages.edit', { messageId: 'm1', text: 'hello' }),
      ),
    );
    deepEqual(answer.applied, [[1, 2]]);
    deepEqual([answer.refused, answer.retry], [[], []]);
    equal(answer.head[1], 5);
    equal((await groupState(bench)).messages.get('m1')?.text, 'hello');
  });

  it('[WR4] leaves out of the answer what the replica sent itself, and tells everybody else all of it', async () => {
    const phone = testReplica('ana');
    const push = phone.push(phone.op('messages.send', { messageId: 'm1', text: 'hi' }));
    const answer = await bench.logs.push(ana, push);
    deepEqual(answer.commits[0]?.runs, [{ own: [[1, 1]] }]);
    const [told] = bench.told;
    equal(told?.kind, 'commits');
    if (told?.kind === 'commits') {
      deepEqual(
        opsOf(told.commits[0] ?? { runs: [] }).map(({ type }) => type),
        ['messages.send'],
      );
      equal(told.commits[0]?.hash, answer.head[2]);
    }
  });

  it('[OP4] gives an op sent again one effect and the same answer', async () => {
    const phone = testReplica('ana');
    const push = phone.push(phone.op('messages.send', { messageId: 'm1', text: 'hi' }));
    await bench.logs.push(ana, push);
    const again = await Promise.all([1, 2, 3].map(() => bench.logs.push(ana, push)));
    for (const answer of again) {
      deepEqual(answer.applied, [[1, 1]]);
      deepEqual(answer.commits, []);
      equal(answer.head[1], 4);
    }
  });

  it('[OP4] gives an op that comes twice at once one effect', async () => {
    const phone = testReplica('ana');
    const push = phone.push(phone.op('messages.send', { messageId: 'm1', text: 'hi' }));
    const both = await Promise.all([bench.logs.push(ana, push), bench.logs.push(ana, push)]);
    deepEqual(
      both.map(({ applied }) => applied),
      [[[1, 1]], [[1, 1]]],
    );
    equal((await bench.logs.viewOf(road)).seq, 4);
  });

  it('[LG4] puts what waits at the same time into one commit, and gives each pusher the others’ ops', async () => {
    const [one, two] = [testReplica('ana'), testReplica('bo')];
    const pushes = [
      [ana, one.push(one.op('messages.send', { messageId: 'm1', text: 'a' }))],
      [bo, two.push(two.op('messages.send', { messageId: 'm2', text: 'b' }))],
    ] as const;
    const [first, second] = await Promise.all(
      pushes.map(([who, push]) => bench.logs.push(who, push)),
    );
    equal(first?.commits[0]?.hash, second?.commits[0]?.hash);
    equal(first?.commits[0]?.count, 2);
    deepEqual(
      first?.commits[0]?.runs.map((run) => 'own' in run),
      [true, false],
    );
    deepEqual(
      second?.commits[0]?.runs.map((run) => 'own' in run),
      [false, true],
    );
  });

  it('[WR12] keeps the order of one replica’s pushes, each in a commit of its own', async () => {
    const phone = testReplica('ana');
    const add = phone.op('playlist.add', { items: [{ itemId: 'i1', title: 'Road Song' }] });
    const like = phone.op('reactions.set', { itemId: 'i1', like: true });
    const answers = await Promise.all([
      bench.logs.push(ana, phone.push(add)),
      bench.logs.push(ana, phone.push(like)),
    ]);
    deepEqual(
      answers.map(({ applied }) => applied),
      [[[1, 1]], [[2, 2]]],
    );
    deepEqual(
      answers.map(({ commits }) => commits.length),
      [1, 1],
    );
  });

  it('[OP6] [OP8] [SA6] refuses an op on something unknown, remembers it, and takes the ones beside it', async () => {
    const phone = testReplica('ana');
    const bad = phone.op('messages.edit', { messageId: 'nothing', text: 'x' });
    const good = phone.op('messages.send', { messageId: 'm1', text: 'hi' });
    const answer = await bench.logs.push(ana, phone.push(bad, good));
    deepEqual(
      answer.refused.map(([number, code]) => [number, code]),
      [[1, 'not-found']],
    );
    deepEqual(answer.applied, [[2, 2]]);

    // Now there is such a message; what was final stays final.
    const other = testReplica('ana', { replicaId: 'tablet' });
    await bench.logs.push(
      ana,
      other.push(other.op('messages.send', { messageId: 'nothing', text: 'y' })),
    );
    const again = await bench.logs.push(ana, phone.push(bad));
    deepEqual(again.refused, answer.refused);

    // A day later it is judged anew: by now the message can be edited.
    bench.clock.advance(24 * 60 * 60 * 1_000 + 1);
    const unknown = other.op('messages.edit', { messageId: 'none', text: 'z' });
    await bench.logs.push(ana, other.push(unknown));
    deepEqual((await bench.logs.push(ana, phone.push(bad))).applied, [[1, 1]]);
  });

  it('[OP19] refuses a track whose file is only on its maker’s device, and takes the ones beside it', async () => {
    const phone = testReplica('ana');
    const add = (itemId: string, fileId: string) =>
      phone.op('playlist.add', { items: [{ itemId, title: itemId, fileId }] });
    const push = phone.push(add('one', 'f1'), add('held', '~song'), add('two', 'f2'));
    const answer = await bench.logs.push(ana, push);
    deepEqual(
      answer.refused.map(([number, code]) => [number, code]),
      [[2, 'invalid']],
    );
    deepEqual([...(await groupState(bench)).playlist.items.keys()], ['one', 'two']);
  });

  it('[CK5] puts off an op stamped more than a minute ahead, and takes it when its time has come', async () => {
    const phone = testReplica('ana');
    const nowMs = bench.clock.nowMs();
    const stamp = formatHlc(nowMs + 60_001, 0, 'phone-ana');
    const op = phone.op('messages.send', { messageId: 'm1', text: 'hi' }, { stamp });
    const early = await bench.logs.push(ana, phone.push(op));
    deepEqual(
      early.retry.map(([number, code]) => [number, code]),
      [[1, 'clock-ahead']],
    );
    bench.clock.advance(1);
    deepEqual((await bench.logs.push(ana, phone.push(op))).applied, [[1, 1]]);
  });

  it('[LG12] refuses an op made on top of what the log does not have', async () => {
    const phone = testReplica('ana');
    for (const base of [
      { generation: 1, seq: 99 },
      { generation: 2, seq: 0 },
    ]) {
      const op = phone.op('messages.send', { messageId: 'm1', text: 'hi' }, { base });
      const { refused } = await bench.logs.push(ana, phone.push(op));
      equal(refused[0]?.[1], 'invalid');
    }
  });

  it('[LG8] never lets a log’s time run backwards', async () => {
    const phone = testReplica('ana');
    bench.clock.advance(-10_000);
    await bench.logs.push(
      ana,
      phone.push(phone.op('messages.send', { messageId: 'm', text: 'x' })),
    );
    const times = (await bench.store.log.read(road, 0, 10)).map(({ atMs }) => atMs);
    deepEqual(times, [...times].sort());
    equal(times[0], times[1]);
  });

  it('[LG15] numbers the server’s own ops after each other, all or none', async () => {
    const { logs } = bench;
    await logs.appendServerOps(road, [
      { type: 'invitations.create', payload: { code: 'c1' }, authorId: 'ana' },
    ]);
    const twice = logs.appendServerOps(road, [
      { type: 'invitations.create', payload: { code: 'c2' }, authorId: 'ana' },
      { type: 'invitations.create', payload: { code: 'c1' }, authorId: 'ana' },
    ]);
    const beside = testReplica('bo');
    const [refused, answer] = await Promise.allSettled([
      twice,
      logs.push(bo, beside.push(beside.op('messages.send', { messageId: 'm', text: 'x' }))),
    ]);
    equal(refused.status, 'rejected');
    equal(answer.status, 'fulfilled');
    const state = await groupState(bench);
    equal(state.invitations.has('c2'), false);
    equal(state.messages.has('m'), true);
    deepEqual(state.applied.get('server'), [[1, 4]]);
    deepEqual(bench.bugs, []);
  });
});
