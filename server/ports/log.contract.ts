import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { Store } from './store.ts';

/** The part of the store's contract that every op depends on. */
export function logContract(store: () => Pick<Store, 'log'>): void {
  const road: Scope = 'g:road';
  const append = (seq: number, count = 1, scope: Scope = road) =>
    store().log.append(scope, commitAt(seq, count));

  it('[LG1] reads back the commits that were appended, in order, after a place', async () => {
    for (const seq of [1, 2, 3]) equal(await append(seq), 'written');
    deepEqual(
      await store().log.read(road, 0, 10),
      [1, 2, 3].map((seq) => commitAt(seq)),
    );
    deepEqual(await store().log.read(road, 1, 1), [commitAt(2)]);
    deepEqual(await store().log.read(road, 3, 10), []);
    deepEqual(await store().log.read('g:other', 0, 10), []);
  });

  it('knows the end of a log', async () => {
    equal(await store().log.head(road), undefined);
    await append(1, 3);
    await append(4, 2);
    deepEqual(await store().log.head(road), {
      generation: 1,
      seq: 5,
      hash: 'hash-4',
      atMs: 1_004,
      firstSeq: 1,
    });
  });

  it('[LG2] takes a commit only where it continues the log, and writes nothing otherwise', async () => {
    equal(await append(2), 'conflict');
    equal(await append(1, 3), 'written');
    for (const seq of [1, 2, 3, 5]) equal(await append(seq), 'conflict');
    equal((await store().log.head(road))?.seq, 3);
    equal((await store().log.read(road, 0, 10)).length, 1);
  });

  it('[LG3] gives one of two writers who come together the place, the other a conflict', async () => {
    const answers = await Promise.all([append(1), append(1, 2)]);
    deepEqual([...answers].sort(), ['conflict', 'written']);
    equal((await store().log.head(road))?.seq, answers.indexOf('written') + 1);
  });

  it('[LG2] lets one append fail without the others of the same turn', async () => {
    const scopes: Scope[] = Array.from({ length: 50 }, (_, index) => `g:group-${index}` as Scope);
    const answers = await Promise.all(
      scopes.map((scope, index) => append(index % 7 === 3 ? 9 : 1, 1, scope)),
    );
    for (const [index, answer] of answers.entries()) {
      equal(answer, index % 7 === 3 ? 'conflict' : 'written');
    }
  });

  it('tells whether a place is the end of a commit', async () => {
    await append(1, 3);
    await append(4);
    deepEqual(await store().log.endingAt(road, 3), { generation: 1, hash: 'hash-1' });
    deepEqual(await store().log.endingAt(road, 4), { generation: 1, hash: 'hash-4' });
    for (const seq of [0, 1, 2, 5]) equal(await store().log.endingAt(road, seq), undefined);
  });

  it('[LG14] trims whole commits that end at or below a place, and keeps the end known', async () => {
    await append(1, 3);
    await append(4, 3);
    await append(7);
    await store().log.trim(road, 5);
    equal((await store().log.head(road))?.firstSeq, 4);
    deepEqual(
      (await store().log.read(road, 0, 10)).map(({ seq }) => seq),
      [4, 7],
    );
    await store().log.trim(road, 7);
    const head = await store().log.head(road);
    deepEqual([head?.seq, head?.firstSeq, head?.hash], [7, 8, 'hash-7']);
    equal(await append(8), 'written');
    equal((await store().log.head(road))?.firstSeq, 8);
  });

  it('keeps payloads to the letter', async () => {
    const text = 'Grüße „quoted“ \u0000 \ud83d\ude97 ‍ line\u2028break';
    const commit = commitAt(1);
    const [run] = commit.runs;
    if (!run) throw new Error('the sample has a run');
    const runs = [
      { ...run, ops: [[1, 1, 2, 3, 'messages.send', { messageId: 'm', text }] as const] },
    ];
    await store().log.append(road, { ...commit, runs });
    deepEqual((await store().log.read(road, 0, 1))[0]?.runs, runs);
  });
}

/** A sample commit of generation 1, whose hash is `hash-<seq>`. */
export function commitAt(seq: number, count = 1): Commit {
  return {
    generation: 1,
    seq,
    count,
    atMs: 1_000 + seq,
    hash: `hash-${seq}`,
    runs: [
      {
        replicaId: 'phone',
        authorId: 'ana',
        stamperId: 'tab',
        version: 1,
        base: [1, 0],
        ops: Array.from({ length: count }, (_, index) => [
          seq + index,
          seq + index,
          1_000,
          0,
          'messages.send',
          { messageId: `m${seq + index}`, text: 'hi' },
        ]),
      },
    ],
  };
}
