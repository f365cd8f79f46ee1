import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { foldVersion } from '../../sdk/merge/fold.ts';
import { stateHash } from '../../sdk/merge/snapshot.ts';
import { userScope } from '../../sdk/protocol/ids.ts';
import type { Cursor } from '../../sdk/protocol/wire.ts';
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
const hourMs = 60 * 60 * 1_000;

describe('A log that is wound back', () => {
  let bench: SyncBench;
  let phone: ReturnType<typeof testReplica>;

  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    phone = testReplica('ana');
  });

  const add = (itemId: string, base: readonly [number, number] = [1, 0]) =>
    phone.op(
      'playlist.add',
      { items: [{ itemId, title: itemId }] },
      { base: { generation: base[0], seq: base[1] } },
    );
  const tap = (itemId: string) => bench.logs.push(ana, phone.push(add(itemId)));
  const items = async (at: SyncBench = bench) => [...(await groupState(at)).playlist.items.keys()];
  const pull = (cursor: Cursor, at: SyncBench = bench) =>
    at.pulls.pull(ana, { scope: road, cursor, fold: foldVersion });
  const backTo = (toSeq: number, rejoin = true) => bench.logs.rewind(road, { toSeq, rejoin });

  it('[LG16] has the state that it had there, and goes on in the next generation', async () => {
    await tap('a');
    const { head } = await tap('b');
    const then = stateHash(await groupState(bench));
    await tap('c');
    const fork = await backTo(head[1]);
    deepEqual([fork?.generation, fork?.forkedAtSeq, fork?.hash], [2, head[1], head[2]]);
    equal(stateHash(await groupState(bench)), then);
    const { head: now } = await tap('d');
    deepEqual(now.slice(0, 2), [2, head[1] + 1]);
    deepEqual(await items(), ['a', 'b', 'd']);
  });

  it('[LG16] keeps what was cut out aside', async () => {
    const { head } = await tap('a');
    await tap('b');
    await backTo(head[1]);
    const cut = await bench.store.log.readCut(road, 2, 0, 10);
    deepEqual(
      cut.map(({ seq, generation }) => [seq, generation]),
      [[head[1] + 1, 1]],
    );
  });

  it('[LG19] goes back to a time, and no further than it has to', async () => {
    await tap('a');
    bench.clock.advance(hourMs);
    const atMs = bench.clock.nowMs();
    await tap('b');
    bench.clock.advance(hourMs);
    await tap('c');
    await bench.logs.rewind(road, { toMs: atMs, rejoin: false });
    deepEqual(await items(), ['a', 'b']);
    equal(await bench.logs.rewind(road, { toMs: atMs, rejoin: false }), undefined);
    equal((await bench.store.log.head(road))?.generation, 2);
  });

  it('[LG16] goes back to a commit as a whole, also to before the first', async () => {
    await bench.logs.push(ana, phone.push(add('a'), add('b')));
    await backTo(4);
    deepEqual(await items(), []);
    await backTo(0);
    equal(await bench.logs.stateOf(road), undefined);
    equal((await bench.logs.viewOf(road)).generation, 3);
  });

  it('[LG16] is followed by processes that had folded more, and their writes behind it fail', async () => {
    const other = createSyncBench(bench.store);
    await tap('a');
    const { head } = await tap('b');
    await tap('c');
    deepEqual(await items(other), ['a', 'b', 'c']);
    await backTo(head[1]);
    const tablet = testReplica('bo');
    await other.logs.push(
      bo,
      tablet.push(tablet.op('messages.send', { messageId: 'm', text: 'x' })),
    );
    deepEqual(await items(other), ['a', 'b']);
    equal((await other.logs.viewOf(road)).generation, 2);
    equal(stateHash(await groupState(other)), stateHash(await groupState(bench)));
  });

  it('[LG16] [LG13] makes good who is in the group, and tells them', async () => {
    const { head } = await tap('a');
    await bench.logs.push(ana, phone.push(phone.op('members.remove', { memberId: 'bo' })));
    deepEqual(await bench.store.memberships.ofUser('bo'), []);
    await backTo(head[1]);
    equal((await bench.store.memberships.ofUser('bo')).length, 1);
    ok(bench.told.some((news) => news.kind === 'groups' && news.userId === 'bo'));
  });

  it('[LG16] is not folded from a snapshot of what was cut out, though somebody kept it late', async () => {
    const { head } = await tap('a');
    await tap('b');
    const late = await bench.snapshots.recent(road, await bench.logs.viewOf(road));
    await backTo(head[1]);
    await bench.store.snapshots.put(road, late);
    deepEqual(await items(createSyncBench(bench.store)), ['a']);
  });

  it('[LG16] cannot go back to before what is kept', async () => {
    await tap('a');
    const { head } = await tap('b');
    await tap('c');
    const { snapshots, log } = bench.store;
    const view = await bench.logs.viewOf(road);
    const snapshot = await bench.snapshots.recent(road, view);
    await snapshots.put(road, snapshot, 'base');
    await log.trim(road, head[1]);
    await rejects(backTo(2), { code: 'invalid' });
    await rejects(bench.logs.rewind(road, { toMs: 1, rejoin: true }), { code: 'invalid' });
    equal((await log.head(road))?.generation, 1);
  });

  it('[LG11] [LG23] [LG16] gives who was of the old generation a snapshot, and says how far theirs counts', async () => {
    const { head: first } = await tap('a');
    const { head } = await tap('b');
    await backTo(first[1]);
    for (const cursor of [first, head]) {
      const answer = await pull(cursor);
      ok(answer.snapshot);
      equal(answer.snapshot.cursor[0], 2);
      deepEqual(answer.rewound, { toSeq: first[1], resend: true });
    }
    equal((await pull((await tap('c')).head)).snapshot, undefined);
  });

  it('[LG23] [LG16] tells who stood at the start of a log that was wound back to its start', async () => {
    const home = userScope('ana');
    const stands: Cursor = [1, 0, ''];
    const ask = () => bench.pulls.pull(ana, { scope: home, cursor: stands, fold: foldVersion });
    deepEqual(await ask(), { scope: home, head: stands, commits: [] });
    await bench.logs.push(ana, {
      ...phone.push(phone.op('profile.update', { name: 'Ana' })),
      scope: home,
    });
    await bench.logs.rewind(home, { toSeq: 0, rejoin: true });
    const answer = await ask();
    deepEqual(answer.snapshot?.cursor.slice(0, 2), [2, 0]);
    deepEqual(answer.snapshot && answer.rewound, { toSeq: 0, resend: true });
    const [generation, seq, hash] = answer.head;
    deepEqual(
      (
        await bench.pulls.pull(ana, {
          scope: home,
          cursor: [generation, seq, hash],
          fold: foldVersion,
        })
      ).commits,
      [],
    );
  });

  it('[LG19] says whether what was cut out is wanted back, as the last winding back said', async () => {
    const { head: first } = await tap('a');
    const { head: second } = await tap('b');
    await backTo(second[1] - 0, true);
    const { head: third } = await tap('c');
    await bench.logs.rewind(road, { toSeq: first[1], rejoin: false });
    const answers = [await pull(second), await pull(third)];
    deepEqual(
      answers.map((answer) => answer.snapshot && answer.rewound),
      [1, 2].map(() => ({ toSeq: first[1], resend: false })),
    );
  });

  it('[LG17] [LG19] asks for what an earlier winding back took, also after one that wants nothing back and went no deeper', async () => {
    const { head: first } = await tap('a');
    const { head: second } = await tap('b');
    await backTo(first[1]);
    const { head: third } = await tap('c');
    await bench.logs.rewind(road, { toSeq: first[1], rejoin: false });
    const answers = [await pull(second), await pull(third)];
    deepEqual(
      answers.map((answer) => answer.snapshot && answer.rewound?.resend),
      [true, false],
    );
  });

  it('[LG17] [LG19] asks for what lay between a cut that gave up what came after and a deeper one that did not', async () => {
    const { head: first } = await tap('a');
    const { head: second } = await tap('b');
    const { head: third } = await tap('c');
    await backTo(second[1], false);
    await backTo(first[1]);
    const answer = await pull(third);
    const back = { toSeq: first[1], resend: false, resendUpTo: second[1] };
    deepEqual(answer.snapshot && answer.rewound, back);
    // What names something of it waits for whoever has it.
    const late = phone.op(
      'playlist.remove',
      { itemId: 'b' },
      { base: { generation: 1, seq: first[1] } },
    );
    const { retry } = await bench.logs.push(ana, phone.push(late));
    deepEqual(
      retry.map(([, code]) => code),
      ['unavailable'],
    );
  });

  it('[LG17] wants nothing back after 24 hours, when replicas no longer have it', async () => {
    const { head: first } = await tap('a');
    const { head } = await tap('b');
    await backTo(first[1]);
    bench.clock.advance(24 * hourMs);
    const answer = await pull(head);
    deepEqual(answer.snapshot && answer.rewound, { toSeq: first[1], resend: false });
  });

  it('[SN14] tells who pushes from off its chain to pull first, and looks at nothing of it', async () => {
    const { head: first } = await tap('a');
    const { head } = await tap('b');
    await backTo(first[1]);
    const op = add('c');
    const astray = { ...phone.push(op), cursor: head };
    const answer = await bench.logs.push(ana, astray);
    deepEqual([answer.pullFirst, answer.applied, answer.refused, answer.retry], [true, [], [], []]);
    deepEqual(await items(), ['a']);
    const again = await bench.logs.push(ana, { ...astray, cursor: answer.head });
    deepEqual([again.pullFirst, again.applied], [undefined, [[op.number, op.number]]]);
  });

  it('[LG16] [LG12] puts off what stands on ops that it has lost, and spends no attempt', async () => {
    const { head: first } = await tap('a');
    const { head } = await tap('b');
    await backTo(first[1]);
    const lost = await bench.logs.push(ana, phone.push(add('c', [1, head[1]])));
    equal(lost.retry[0]?.[1], 'unavailable');
    const kept = await bench.logs.push(ana, phone.push(add('d', [1, first[1]])));
    equal(kept.applied.length, 1);
    const never = await bench.logs.push(ana, phone.push(add('e', [3, 1])));
    equal(never.refused[0]?.[1], 'invalid');
  });

  it('[LG18] puts off for 24 hours what names something that may still come back, and then refuses it', async () => {
    const { head: first } = await tap('a');
    await tap('b');
    await backTo(first[1]);
    const base = { generation: 1, seq: first[1] };
    const move = () => phone.op('playlist.move', { itemId: 'b', after: null }, { base });
    const early = await bench.logs.push(ana, phone.push(move()));
    equal(early.retry[0]?.[1], 'unavailable');
    const fresh = phone.op(
      'playlist.move',
      { itemId: 'b', after: null },
      { base: { generation: 2, seq: 1 } },
    );
    equal((await bench.logs.push(ana, phone.push(fresh))).refused[0]?.[1], 'not-found');
    bench.clock.advance(24 * hourMs);
    const late = await bench.logs.push(ana, phone.push(move()));
    equal(late.refused[0]?.[1], 'not-found');
  });

  it('[LG18] puts nothing off that was made on top of what the log still has', async () => {
    const { head: before } = await tap('a');
    const { head: first } = await tap('c');
    await tap('b');
    await backTo(first[1]);
    const base = { generation: 1, seq: before[1] };
    const move = phone.op('playlist.move', { itemId: 'long-gone', after: null }, { base });
    equal((await bench.logs.push(ana, phone.push(move))).refused[0]?.[1], 'not-found');
  });

  it('[LG19] puts nothing off where what was cut out is not wanted back', async () => {
    const { head: first } = await tap('a');
    await tap('b');
    await backTo(first[1], false);
    const base = { generation: 1, seq: 1 };
    const move = phone.op('playlist.move', { itemId: 'b', after: null }, { base });
    equal((await bench.logs.push(ana, phone.push(move))).refused[0]?.[1], 'not-found');
  });
});
