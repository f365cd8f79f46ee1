import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { foldCommit, foldVersion } from '../../sdk/merge/fold.ts';
import { decodeSnapshot, stateHash } from '../../sdk/merge/snapshot.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { visibleTo } from '../../sdk/merge/visible.ts';
import type { Cursor, PullAnswer } from '../../sdk/protocol/wire.ts';
import { nodeCodec } from '../adapters/codec/node.ts';
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

describe('A pull', () => {
  let bench: SyncBench;
  let phone: ReturnType<typeof testReplica>;
  let counter = 0;

  const say = (count: number) =>
    bench.logs.push(
      ana,
      phone.push(
        ...Array.from({ length: count }, () =>
          phone.op('messages.send', { messageId: `m${counter++}`, text: 'hello there' }),
        ),
      ),
    );
  const pull = (cursor: Cursor | null, who = ana) =>
    bench.pulls.pull(who, { scope: road, cursor, fold: foldVersion });
  const chunkOf = (cursor: Cursor) => ({ scope: road, cursor, fold: foldVersion });
  const folded = async (answer: PullAnswer<Uint8Array>) => {
    if (!answer.snapshot) throw new Error('no snapshot');
    equal(answer.chunk.byteLength, answer.snapshot.totalBytes);
    const json: unknown = JSON.parse(await nodeCodec.inflate(answer.chunk));
    return answer.commits.reduce(foldCommit, decodeSnapshot(road, json));
  };

  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    phone = testReplica('ana');
    counter = 0;
  });

  it('[WR5] from the end is answered with nothing', async () => {
    const { head } = await say(1);
    deepEqual(await pull(head), { scope: road, head, commits: [] });
  });

  it('[LG11] [WR5] from a place on the chain is answered with what came after', async () => {
    const { head: first } = await say(1);
    await say(2);
    const { head } = await say(1);
    const answer = await pull(first);
    equal(answer.snapshot, undefined);
    deepEqual(
      answer.commits.map(({ seq, count }) => [seq, count]),
      [
        [5, 2],
        [7, 1],
      ],
    );
    deepEqual(answer.head, head);
  });

  it('[SN1] [WR5] from nothing is answered with a snapshot that folds to the state', async () => {
    await say(30);
    const answer = await pull(null);
    equal(stateHash(await folded(answer)), stateHash(await groupState(bench)));
  });

  it('[LG11] from off the chain is answered with a snapshot', async () => {
    const { head } = await say(2);
    const [generation, seq, hash] = head;
    for (const cursor of [
      [generation, seq, 'ffffffffffffffff'],
      [generation + 2, seq, hash],
      [generation, seq - 1, hash],
      [generation, seq + 5, hash],
      [generation, 0, ''],
    ] as const) {
      ok((await pull(cursor)).snapshot, `${cursor}`);
    }
  });

  it('[SN1] [SN10] gives the same snapshot with its tail while it is not far behind, without encoding again', async () => {
    await say(10);
    const first = await pull(null);
    await say(5);
    const second = await pull(null);
    deepEqual(second.snapshot, first.snapshot);
    equal(second.commits.length, 1);
    equal(stateHash(await folded(second)), stateHash(await groupState(bench)));
  });

  it('[SN10] makes a new snapshot once the old one is 500 ops behind, and keeps it for the next start', async () => {
    const first = await pull(null);
    await say(300);
    await say(300);
    const second = await pull(null);
    ok((second.snapshot?.cursor[1] ?? 0) > (first.snapshot?.cursor[1] ?? 0));
    await afterAllWrites(bench.store);
    const kept = await bench.store.snapshots.get(road);
    deepEqual(kept?.cursor, second.snapshot?.cursor);
  });

  it('[SN9] from far behind is answered with a snapshot where that is smaller than the tail', async () => {
    const { head } = await say(1);
    for (let index = 0; index < 5; index++) await say(450);
    const answer = await pull(head);
    ok(answer.snapshot);
    equal(stateHash(await folded(answer)), stateHash(await groupState(bench)));
  });

  it('[SN4] hands a large snapshot over in pieces, also after newer ones were made', async () => {
    // Random text does not deflate.
    const noise = (index: number) => nodeCodec.sha256Hex(`${index}`).repeat(4);
    const fill = Array.from({ length: 25 }, (_, push) =>
      phone.push(
        ...Array.from({ length: 20 }, (__, at) => {
          const index = push * 20 + at;
          return phone.op('playlist.add', {
            items: Array.from({ length: 20 }, (___, item) => ({
              itemId: `i${index}-${item}`,
              title: [1, 2, 3]
                .map((part) => nodeCodec.sha256Hex(`${index} ${item} ${part}`))
                .join(''),
              artist: noise(index).slice(0, 20),
            })),
          });
        }),
      ),
    );
    for (const push of fill) await bench.logs.push(ana, push);
    const first = await pull(null);
    if (!first.snapshot) throw new Error('no snapshot');
    const { snapshot, chunk } = first;
    ok(snapshot.totalBytes > chunk.byteLength);

    await say(450);
    await say(450);
    ok(((await pull(null)).snapshot?.cursor[1] ?? 0) > snapshot.cursor[1]);

    const pieces = [chunk];
    for (let offset = chunk.byteLength; offset < snapshot.totalBytes; ) {
      const piece = await bench.pulls.chunk(ana, { ...chunkOf(snapshot.cursor), offset });
      pieces.push(piece);
      offset += piece.byteLength;
    }
    const json: unknown = JSON.parse(await nodeCodec.inflate(Buffer.concat(pieces)));
    const state = decodeSnapshot(road, json);
    equal(state.kind === 'group' && state.playlist.items.size, 10_000);

    const beyond = { ...chunkOf(snapshot.cursor), offset: snapshot.totalBytes };
    await rejects(bench.pulls.chunk(ana, beyond), { code: 'invalid' });
    bench.clock.advance(120_000);
    await pull(null);
    await rejects(bench.pulls.chunk(ana, { ...beyond, offset: 0 }), { code: 'not-found' });
  });

  const goAndComeBack = async (said: number) => {
    const tablet = testReplica('bo', { replicaId: `tablet-${counter}` });
    await bench.logs.push(bo, tablet.push(tablet.op('members.leave', {})));
    await say(said);
    await comeBack();
  };
  const comeBack = () =>
    bench.logs.appendServerOps(road, [
      {
        type: 'members.join',
        payload: { memberId: 'bo', name: 'Bo', role: 'member' },
        authorId: 'bo',
      },
    ]);
  const textsIn = (state: ScopeState) =>
    state.kind === 'group' ? state.messages.toArray().map(({ text }) => text) : [];

  it('[AC3] is refused to who left, and answered with a snapshot once they are back', async () => {
    const { head } = await pull(null, bo);
    const tablet = testReplica('bo');
    await bench.logs.push(bo, tablet.push(tablet.op('members.leave', {})));
    await rejects(pull(head, bo), { code: 'removed' });
    await comeBack();
    ok((await pull(head, bo)).snapshot);
  });

  it('[AC3] [SN8] does not tell who came back what was said in between, and its state is theirs', async () => {
    await say(2);
    // A snapshot that everybody gets, from before: its tail would tell it too.
    await pull(null);
    await goAndComeBack(3);
    await say(1);
    for (const cursor of [null, [1, 3, 'ffffffffffffffff'] as const]) {
      const state = await folded(await pull(cursor, bo));
      deepEqual(textsIn(state).filter(Boolean).length, 3);
      equal(stateHash(state), stateHash(visibleTo(await groupState(bench), 'bo')));
    }
    deepEqual(textsIn(await folded(await pull(null))).filter(Boolean).length, 6);
    const { head } = await pull(null, bo);
    deepEqual(await pull(head, bo), { scope: road, head, commits: [] });
  });

  it('[SN8] keeps each absence to itself, and encodes the own snapshot of who came back once', async () => {
    await goAndComeBack(2);
    await pull(null, bo);
    await goAndComeBack(2);
    await say(1);
    const first = await pull(null, bo);
    await say(1);
    const second = await pull(null, bo);
    deepEqual(second.snapshot, first.snapshot);
    equal(second.commits.length, 1);
    deepEqual(textsIn(await folded(second)).filter(Boolean).length, 2);
  });

  it('[SN12] hands nobody a piece of a snapshot that is not theirs', async () => {
    await goAndComeBack(2);
    await say(1);
    const { snapshot } = await pull(null);
    if (!snapshot) throw new Error('no snapshot');
    const piece = { ...chunkOf(snapshot.cursor), offset: 0 };
    ok(await bench.pulls.chunk(ana, piece));
    await rejects(bench.pulls.chunk(bo, piece), { code: 'not-found' });
    await pull(null, bo);
    const json: unknown = JSON.parse(await nodeCodec.inflate(await bench.pulls.chunk(bo, piece)));
    deepEqual(textsIn(decodeSnapshot(road, json)).filter(Boolean).length, 1);
  });

  it('[AC4] is for members only, and says what is wrong', async () => {
    await rejects(pull(null, actor('eve')), { code: 'forbidden' });
    await rejects(pull(null, actor('ana', { siteId: 's2' })), { code: 'not-found' });
    await rejects(bench.pulls.pull(ana, { scope: 'g:none', cursor: null }), { code: 'not-found' });
    await rejects(bench.pulls.pull(ana, { scope: 'u:bo', cursor: null }), { code: 'forbidden' });
    await bench.logs.push(ana, phone.push(phone.op('group.delete', {})));
    await rejects(pull(null), { code: 'gone' });
  });

  it('[WR5] of a scope in which nothing was written yet is answered with its beginning', async () => {
    const answer = await bench.pulls.pull(ana, { scope: 'u:ana', cursor: null });
    deepEqual(answer, { scope: 'u:ana', head: [1, 0, ''], commits: [] });
  });
});
