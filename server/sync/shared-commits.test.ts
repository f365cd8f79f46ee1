import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { foldCommit } from '../../sdk/merge/fold.ts';
import { itemIds } from '../../sdk/merge/playlist-order.ts';
import { stateHash } from '../../sdk/merge/snapshot.ts';
import type { DecodedPush } from '../../sdk/protocol/decode.ts';
import type { PushAnswer } from '../../sdk/protocol/wire.ts';
import { completeCommit } from '../../sdk/sync/own-runs.ts';
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

describe('Pushes that wait for the write before them', () => {
  let bench: SyncBench;
  let phone: ReturnType<typeof testReplica>;
  const link = {};

  const push = (message: DecodedPush, sender?: object, who = ana) =>
    new Promise<PushAnswer>((resolve, reject) =>
      bench.logs.submit(
        who,
        message,
        (outcome) => ('ok' in outcome ? resolve(outcome.ok) : reject(outcome.error)),
        sender,
      ),
    );
  const add = (replica: typeof phone, ...itemIds: readonly string[]) =>
    replica.push(
      ...itemIds.map((itemId) =>
        replica.op('playlist.add', { items: [{ itemId, title: itemId }] }),
      ),
    );
  const commitsTold = () =>
    bench.told.flatMap((message) => (message.kind === 'commits' ? message.commits : []));

  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    phone = testReplica('ana');
    bench.told.length = 0;
  });

  it('[LG4] share a commit where they come over one link, and the first answer tells all of it', async () => {
    const before = await groupState(bench);
    const tablet = testReplica('bo');
    const messages = [add(phone, 'a', 'b'), add(phone, 'c'), add(phone, 'd', 'e')];
    const answers = await Promise.all([
      ...messages.map((message) => push(message, link)),
      push(add(tablet, 'x'), {}, bo),
    ]);
    equal(commitsTold().length, 1);
    deepEqual(
      answers.map(({ commits }) => commits.length),
      [1, 0, 0, 1],
    );
    const head = answers[0]?.head;
    deepEqual(
      answers.map((answer) => answer.head),
      [head, head, head, head],
    );
    deepEqual(
      answers.map(({ applied }) => applied),
      [[[1, 2]], [[3, 3]], [[4, 5]], [[1, 1]]],
    );
    const [told] = answers[0]?.commits ?? [];
    equal(JSON.stringify(told).includes('"d"'), false, 'what was sent does not come back');
    const sent = messages.flatMap(({ runs }) => runs);
    const whole = told && completeCommit(told, sent);
    if (!whole) throw new Error('The commit cannot be completed');
    equal(stateHash(foldCommit(before, whole)), stateHash(await groupState(bench)));
  });

  it('tell it by the first that brought something', async () => {
    const known = add(phone, 'a');
    await push(known, link);
    const [first, second] = await Promise.all([push(known, link), push(add(phone, 'b'), link)]);
    deepEqual([first.applied, first.commits], [[[1, 1]], []]);
    equal(second.commits.length, 1);
  });

  it('do not share one where a replica speaks over two links, so that nothing travels back', async () => {
    const messages = [add(phone, 'a'), add(phone, 'b'), add(phone, 'c')];
    const answers = await Promise.all(messages.map((message) => push(message, {})));
    equal(commitsTold().length, 3);
    for (const [index, { commits }] of answers.entries()) {
      deepEqual(commits[0]?.runs, [{ own: [[index + 1, index + 1]] }]);
    }
  });

  it('[WR12] keep their order, also where they do not fit into one commit', async () => {
    const ids = Array.from({ length: 4_500 }, (_, index) => `i${index}`);
    const messages = Array.from({ length: 9 }, (_, part) =>
      add(phone, ...ids.slice(part * 500, (part + 1) * 500)),
    );
    await Promise.all(messages.map((message) => push(message, link)));
    deepEqual(
      commitsTold().map(({ count }) => count),
      [2_000, 2_000, 500],
    );
    deepEqual(itemIds((await groupState(bench)).playlist), ids);
    equal((await bench.logs.viewOf(road)).seq, 4_503);
  });
});
