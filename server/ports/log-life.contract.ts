import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import type { Hlc } from '../../sdk/protocol/hlc.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import { commitAt } from './log.contract.ts';
import type { Generation, MessageEdit, SentMessage, Store } from './store.ts';

/** The part of the store's contract that is about a log's later life: leases, winding back, the archive. */
export function logLifeContract(store: () => Pick<Store, 'log' | 'snapshots' | 'archive'>): void {
  const road: Scope = 'g:road';
  const fill = async (upTo: number): Promise<void> => {
    for (let seq = 1; seq <= upTo; seq++) await store().log.append(road, commitAt(seq));
  };
  const seqsAfter = async (seq: number) =>
    (await store().log.read(road, seq, 100)).map((commit) => commit.seq);
  const snapshotAt = (seq: number) =>
    ({
      cursor: [1, seq, `hash-${seq}`],
      atMs: 5,
      foldVersion: 1,
      bytes: Uint8Array.of(1),
    }) as const;
  const backTo = (forkedAtSeq: number, generation = 2): Generation => ({
    generation,
    forkedAtSeq,
    hash: forkedAtSeq === 0 ? '' : `hash-${forkedAtSeq}`,
    atMs: forkedAtSeq === 0 ? 0 : 1_000 + forkedAtSeq,
    mintedAtMs: 9_000,
    rejoin: true,
  });

  it('[SN15] trims nothing behind a place that is leased, until the lease ends', async () => {
    await fill(6);
    await store().log.lease(road, 4, 500);
    await store().log.lease(road, 2, 100);
    await store().log.lease(road, 2, 90);
    await store().log.trim(road, 6);
    deepEqual(await seqsAfter(0), [3, 4, 5, 6]);
    await store().log.trim(road, 6, 101);
    deepEqual(await seqsAfter(0), [5, 6]);
    await store().log.trim(road, 6, 501);
    deepEqual(await seqsAfter(0), []);
  });

  it('keeps a base snapshot beside the newest one', async () => {
    equal(await store().snapshots.put(road, snapshotAt(3), 'base'), 'written');
    equal(await store().snapshots.put(road, snapshotAt(7)), 'written');
    equal(await store().snapshots.put(road, snapshotAt(3), 'base'), 'older');
    deepEqual((await store().snapshots.get(road, 'base'))?.cursor, [1, 3, 'hash-3']);
    deepEqual((await store().snapshots.get(road))?.cursor, [1, 7, 'hash-7']);
  });

  it('[LG16] winds a log back, keeps what was cut out aside, and goes on in the new generation', async () => {
    await fill(5);
    equal(await store().log.fork(road, { generation: 1, seq: 5 }, backTo(3)), 'written');
    deepEqual(await store().log.head(road), {
      generation: 2,
      seq: 3,
      hash: 'hash-3',
      atMs: 1_003,
      firstSeq: 1,
    });
    deepEqual(await seqsAfter(0), [1, 2, 3]);
    deepEqual(await store().log.generations(road), [backTo(3)]);
    deepEqual(await store().log.readCut(road, 2, 0, 10), [commitAt(4), commitAt(5)]);
    deepEqual(await store().log.readCut(road, 2, 4, 10), [commitAt(5)]);

    equal(await store().log.append(road, commitAt(4)), 'conflict');
    equal(await store().log.append(road, { ...commitAt(4), generation: 2 }), 'written');
  });

  it('[LG16] winds nothing back where the log has gone on meanwhile, or twice into one generation', async () => {
    await fill(3);
    equal(await store().log.fork(road, { generation: 1, seq: 2 }, backTo(1)), 'conflict');
    equal(await store().log.fork(road, { generation: 1, seq: 3 }, backTo(1, 1)), 'conflict');
    deepEqual(await seqsAfter(0), [1, 2, 3]);
    const both = await Promise.all([
      store().log.fork(road, { generation: 1, seq: 3 }, backTo(1)),
      store().log.fork(road, { generation: 1, seq: 3 }, backTo(1)),
    ]);
    deepEqual(both.sort(), ['conflict', 'written']);
  });

  it('[LG16] winds a log back to its very beginning, also one that is lost altogether', async () => {
    await fill(2);
    equal(await store().log.fork(road, { generation: 1, seq: 2 }, backTo(0)), 'written');
    equal((await store().log.head(road))?.seq, 0);
    equal(await store().log.append(road, { ...commitAt(1), generation: 2 }), 'written');
    equal(await store().log.fork('g:lost', { generation: 1, seq: 0 }, backTo(0)), 'written');
    equal((await store().log.head('g:lost'))?.generation, 2);
  });

  it('[LG16] drops snapshots of what was cut out, and no others', async () => {
    await fill(5);
    await store().snapshots.put(road, snapshotAt(2), 'base');
    await store().snapshots.put(road, snapshotAt(5));
    await store().log.fork(road, { generation: 1, seq: 5 }, backTo(3));
    equal(await store().snapshots.get(road), undefined);
    equal((await store().snapshots.get(road, 'base'))?.cursor[1], 2);
  });

  it('lists the scopes that have a log', async () => {
    for (const scope of ['g:b', 'u:ana', 'g:a'] as const)
      await store().log.append(scope, commitAt(1));
    deepEqual(await store().log.scopes('', 2), ['g:a', 'g:b']);
    deepEqual(await store().log.scopes('g:b', 2), ['u:ana']);
  });

  const sent = (seq: number, authorId = 'ana'): SentMessage => ({
    messageId: `m${seq}`,
    authorId,
    text: `said at ${seq}`,
    sentAtMs: 1_000 + seq,
    seq,
    stamp: `s${seq}` as Hlc,
  });
  const edit = (messageId: string, seq: number, authorId = 'ana'): MessageEdit => ({
    messageId,
    authorId,
    text: `edited at ${seq}`,
    editedAtMs: 1_000 + seq,
    seq,
    stamp: `s${seq}` as Hlc,
  });
  const texts = async (seq = 100) =>
    (await store().archive.before(road, seq, 10)).map(({ text }) => text);

  it('[SN17] pages archived messages, the latest first, each as its author last left it', async () => {
    equal(await store().archive.filledTo(road), 0);
    const edits = [edit('m1', 4), edit('m1', 3), edit('m2', 5, 'bo')];
    equal(await store().archive.fill(road, 0, 5, [sent(1), sent(2)], edits), 'written');
    equal(await store().archive.filledTo(road), 5);
    deepEqual(await texts(), ['said at 2', 'edited at 4']);
    deepEqual(await texts(2), ['edited at 4']);
    deepEqual(await store().archive.before(road, 100, 1), [
      {
        messageId: 'm2',
        authorId: 'ana',
        text: 'said at 2',
        sentAtMs: 1_002,
        editedAtMs: null,
        seq: 2,
      },
    ]);
    equal((await store().archive.find(road, 'm1'))?.editedAtMs, 1_004);
    equal(await store().archive.find(road, 'm9'), undefined);
    deepEqual(await store().archive.before('g:other', 100, 10), []);
  });

  it('[SN17] takes each stretch of a log into the archive once, whoever brings it', async () => {
    const both = await Promise.all([
      store().archive.fill(road, 0, 2, [sent(1)], []),
      store().archive.fill(road, 0, 2, [sent(1)], []),
    ]);
    deepEqual(both.sort(), ['conflict', 'written']);
    equal(await store().archive.fill(road, 1, 3, [], []), 'conflict');
    equal(await store().archive.fill(road, 2, 3, [sent(3), { ...sent(3), seq: 4 }], []), 'written');
    deepEqual(await texts(), ['said at 3', 'said at 1']);
  });

  it('[SN17] [LG16] keeps in the archive what stays of a log that is wound back twice', async () => {
    await fill(5);
    await store().log.fork(road, { generation: 1, seq: 5 }, backTo(4));
    await store().archive.fill(road, 0, 4, [sent(1), sent(2), sent(3)], []);
    await store().log.fork(road, { generation: 2, seq: 4 }, backTo(2, 3));
    equal(await store().archive.filledTo(road), 2);
    deepEqual(await texts(), ['said at 2', 'said at 1']);
    // What was cut out may come again, as another message at another place.
    await store().log.append(road, { ...commitAt(3), generation: 3 });
    equal(await store().archive.fill(road, 2, 3, [sent(3, 'bo')], []), 'written');
    deepEqual(await texts(), ['said at 3', 'said at 2', 'said at 1']);
    equal((await store().archive.find(road, 'm3'))?.authorId, 'bo');
  });

  it('[SN17] [LG16] takes out of the archive what is cut out of the log, edits too', async () => {
    await fill(5);
    await store().archive.fill(road, 0, 5, [sent(1), sent(4)], [edit('m1', 5)]);
    await store().log.fork(road, { generation: 1, seq: 5 }, backTo(3));
    equal(await store().archive.filledTo(road), 3);
    deepEqual(await texts(), ['said at 1']);
  });
}
