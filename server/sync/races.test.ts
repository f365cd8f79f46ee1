import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { stateHash } from '../../sdk/merge/snapshot.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import { nodeCodec } from '../adapters/codec/node.ts';
import type { Store } from '../ports/store.ts';
import {
  actor,
  afterAllWrites,
  createSyncBench,
  groupState,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');
const bo = actor('bo');

describe('Two processes on one store', () => {
  it('[LG1] append without gaps or doubles, whoever is first', async () => {
    const one = createSyncBench();
    await makeGroup(one);
    const two = createSyncBench(one.store);
    const [left, right] = [testReplica('ana'), testReplica('bo')];
    const say = (replica: typeof left, text: string) =>
      replica.push(replica.op('messages.send', { messageId: text, text }));
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 2
          ? one.logs.push(ana, say(left, `a${index}`))
          : two.logs.push(bo, say(right, `b${index}`)),
      ),
    );
    for (const { applied, refused } of answers) {
      equal(applied.length, 1);
      deepEqual(refused, []);
    }
    const commits = await one.store.log.read(road, 0, 1_000);
    let seq = 1;
    for (const commit of commits) {
      equal(commit.seq, seq);
      seq += commit.count;
    }
    const keys = commits.flatMap(opsOf).map(({ replicaId, number }) => `${replicaId} ${number}`);
    equal(new Set(keys).size, keys.length);
    equal(keys.length, 63);
    equal(stateHash(await groupState(one)), stateHash(await groupState(two)));
  });

  it('[LG3] [OP4] give an op that comes to both one effect', async () => {
    const one = createSyncBench();
    await makeGroup(one);
    const two = createSyncBench(one.store);
    await two.logs.viewOf(road);
    const phone = testReplica('ana');
    const push = phone.push(phone.op('messages.send', { messageId: 'm', text: 'once' }));
    const answers = await Promise.all([one.logs.push(ana, push), two.logs.push(ana, push)]);
    deepEqual(
      answers.map(({ applied }) => applied),
      [[[1, 1]], [[1, 1]]],
    );
    equal(answers.flatMap(({ commits }) => commits).length, 1);
    equal((await one.store.log.head(road))?.seq, 4);
  });

  it('[LG3] ask again who may, after the other one was first', async () => {
    const one = createSyncBench();
    await makeGroup(one);
    const two = createSyncBench(one.store);
    await two.logs.viewOf(road);
    const [owner, member] = [testReplica('ana'), testReplica('bo')];
    const [removal, late] = await Promise.allSettled([
      one.logs.push(ana, owner.push(owner.op('members.remove', { memberId: 'bo' }))),
      two.logs.push(bo, member.push(member.op('messages.send', { messageId: 'm', text: 'x' }))),
    ]);
    equal(removal.status, 'fulfilled');
    equal(late.status === 'rejected' && late.reason.code, 'removed');
    equal((await groupState(two)).messages.size, 0);
  });

  it('[LG3] take ops made on top of what this one has not read yet', async () => {
    const one = createSyncBench();
    await makeGroup(one);
    const two = createSyncBench(one.store);
    await two.logs.viewOf(road);
    const [left, right] = [testReplica('ana'), testReplica('bo')];
    const { head } = await one.logs.push(
      ana,
      left.push(left.op('messages.send', { messageId: 'm', text: 'x' })),
    );
    const base = { generation: head[0], seq: head[1] };
    const edit = right.op('reactions.set', { itemId: 'none', like: true }, { base });
    const { refused } = await two.logs.push(bo, right.push(edit));
    equal(refused[0]?.[1], 'not-found');
  });
});

describe('A log whose store fails', () => {
  it('[LG10] answers each waiting push with the failure, keeps what it had, and goes on', async () => {
    const { bench, fail } = failingBench();
    await makeGroup(bench);
    const before = await bench.logs.viewOf(road);
    const phone = testReplica('ana');
    const push = phone.push(phone.op('messages.send', { messageId: 'm', text: 'x' }));
    fail(new JamzError('storage-full', 'no room'));
    await rejects(bench.logs.push(ana, push), { code: 'storage-full' });
    equal((await bench.logs.viewOf(road)).hash, before.hash);
    fail(undefined);
    deepEqual((await bench.logs.push(ana, push)).applied, [[1, 1]]);
  });

  it('[LG9] finds an append that was written although its answer was lost, and does not write it twice', async () => {
    const { bench, fail } = failingBench();
    await makeGroup(bench);
    const phone = testReplica('ana');
    const push = phone.push(phone.op('messages.send', { messageId: 'm', text: 'x' }));
    fail('after');
    await rejects(bench.logs.push(ana, push), /answer was lost/);
    fail(undefined);
    const again = await bench.logs.push(ana, push);
    deepEqual(again.applied, [[1, 1]]);
    deepEqual(again.commits, []);
    equal(again.head[1], 4);
  });

  it('[LG9] looks at once for what a failed append has written, so that who was removed hears nothing more', async () => {
    const { bench, fail } = failingBench();
    await makeGroup(bench);
    const told: string[] = [];
    bench.bus.subscribe((message) => {
      if (message.kind === 'ended') told.push(message.userId);
    });
    const phone = testReplica('ana');
    fail('after');
    const removal = phone.push(phone.op('members.remove', { memberId: 'bo' }));
    await rejects(bench.logs.push(ana, removal), /answer was lost/);
    // Nobody asks for anything meanwhile.
    for (let turn = 0; turn < 50 && told.length === 0; turn++) await setImmediate();
    deepEqual(told, ['bo']);
  });

  it('[LG9] [LG13] goes on looking where the store was still away', async () => {
    const { bench, fail } = failingBench();
    await makeGroup(bench);
    const told: string[] = [];
    bench.bus.subscribe((message) => {
      if (message.kind === 'ended') told.push(message.userId);
    });
    const phone = testReplica('ana');
    const { log } = bench.store;
    const { read } = log;
    fail('after');
    Object.assign(log, { read: () => Promise.reject(new Error('away')) });
    const removal = phone.push(phone.op('members.remove', { memberId: 'bo' }));
    await rejects(bench.logs.push(ana, removal), /answer was lost/);
    await rejects(bench.logs.viewOf(road), /away/);
    equal(bench.logs.inDoubt(road), true);
    Object.assign(log, { read });
    await bench.logs.viewOf(road);
    deepEqual([told, bench.logs.inDoubt(road)], [['bo'], false]);
  });
});

describe('An op that the server fails on', () => {
  it('[LG6] is put off alone, and the others of its batch pass', async () => {
    const bench = createSyncBench();
    await makeGroup(bench);
    const phone = testReplica('ana');
    const good = (messageId: string) => phone.op('messages.send', { messageId, text: 'x' });
    // A payload that decoding would never let through makes the fold throw.
    const poison = { ...good('bad'), payload: null } as unknown as Op;
    const ops = [good('m1'), { ...poison, number: 2 }, good('m2')].map((op, index) => ({
      ...op,
      number: index + 1,
    }));
    const other = testReplica('bo');
    const [answer, beside] = await Promise.all([
      bench.logs.push(ana, phone.push(...ops)),
      bench.logs.push(bo, other.push(other.op('messages.send', { messageId: 'm3', text: 'y' }))),
    ]);
    deepEqual(answer?.applied, [
      [1, 1],
      [3, 3],
    ]);
    deepEqual(
      answer?.retry.map(([number, code]) => [number, code]),
      [[2, 'internal']],
    );
    deepEqual(beside?.applied, [[1, 1]]);
    equal(bench.bugs.length, 1);
    deepEqual([...(await groupState(bench)).messages.keys()], ['m1', 'm2', 'm3']);
  });
});

describe('A log in memory', () => {
  it('is the fold of what the store has, also after it was forgotten and read again', async () => {
    const bench = createSyncBench(undefined, { maxScopes: 1 });
    await makeGroup(bench);
    const phone = testReplica('ana');
    for (let index = 0; index < 20; index++) {
      await bench.logs.push(
        ana,
        phone.push(phone.op('messages.send', { messageId: `m${index}`, text: 'x' })),
      );
    }
    const hash = stateHash(await groupState(bench));
    const forget = () => bench.logs.viewOf('u:somebody');
    await forget();
    equal(stateHash(await groupState(bench)), hash);

    await bench.snapshots.recent(road, await bench.logs.viewOf(road));
    await afterAllWrites(bench.store);
    await forget();
    equal(stateHash(await groupState(bench)), hash);
    equal((await bench.logs.viewOf(road)).seq, 23);
  });

  it('can be read while others never stop writing', async () => {
    const bench = createSyncBench();
    await makeGroup(bench);
    let stopped = false;
    let pushed = 0;
    const writers = ['one', 'two', 'three'].map(async (replicaId) => {
      const phone = testReplica('ana', { replicaId });
      while (!stopped) {
        const messageId = `${replicaId}-${pushed++}`;
        const op = phone.op('messages.send', { messageId, text: 'x' });
        await bench.logs.push(ana, phone.push(op));
      }
    });
    for (let read = 0; read < 200; read++) {
      const before = (await bench.store.log.head(road))?.seq ?? 0;
      ok((await bench.logs.viewOf(road)).seq >= before);
      await bench.store.meta.putIfAbsent(`read-${read}`, '');
    }
    stopped = true;
    await Promise.all(writers);
    ok(pushed > 100);
  });

  it('[LG7] chains each commit to the one before by hash', async () => {
    const bench = createSyncBench();
    await makeGroup(bench);
    const phone = testReplica('ana');
    await bench.logs.push(
      ana,
      phone.push(phone.op('messages.send', { messageId: 'm', text: 'x' })),
    );
    let previous = '';
    for (const { hash, runs } of await bench.store.log.read(road, 0, 10)) {
      equal(hash, nodeCodec.sha256Hex(previous + JSON.stringify(runs)).slice(0, 16));
      previous = hash;
    }
  });
});

type Failure = Error | 'after' | undefined;

function failingBench(): { bench: SyncBench; fail: (failure: Failure) => void } {
  const { store } = createSyncBench();
  let failure: Failure;
  const failing: Store = {
    ...store,
    log: {
      ...store.log,
      async append(scope, commit) {
        if (failure instanceof Error) throw failure;
        const answer = await store.log.append(scope, commit);
        if (failure === 'after') throw new Error('the answer was lost');
        return answer;
      },
    },
  };
  return {
    bench: createSyncBench(failing),
    fail: (next) => {
      failure = next;
    },
  };
}
