import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { foldVersion } from '../../sdk/merge/fold.ts';
import { encodeSnapshot, stateHash } from '../../sdk/merge/snapshot.ts';
import { firstFoldVersion, inFoldVersion } from '../../sdk/merge/snapshot-versions.ts';
import type { PullAnswer } from '../../sdk/protocol/wire.ts';
import { nodeCodec } from '../adapters/codec/node.ts';
import type { StoredSnapshot } from '../ports/store.ts';
import {
  actor,
  createSyncBench,
  groupState,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';
import { cursorOf } from './view.ts';

const ana = actor('ana');

describe('Servers and replicas of different versions of the fold', () => {
  let bench: SyncBench;
  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    const phone = testReplica('ana');
    for (const itemId of ['a', 'b', 'c']) {
      const op = phone.op('playlist.add', { items: [{ itemId, title: itemId }] });
      await bench.logs.push(ana, phone.push(op));
    }
  });
  const jsonIn = async ({ chunk }: { readonly chunk: Uint8Array }): Promise<unknown> =>
    JSON.parse(await nodeCodec.inflate(chunk));
  const snapshotIn = (answer: PullAnswer<Uint8Array>) => {
    if (!answer.snapshot) throw new Error('no snapshot');
    return answer;
  };
  const pull = async (fold?: number) =>
    snapshotIn(
      await bench.pulls.pull(ana, {
        scope: road,
        cursor: null,
        ...(fold !== undefined && { fold }),
      }),
    );
  /** As an older server would have kept it. */
  const keptBefore = async (): Promise<StoredSnapshot> => {
    const view = await bench.logs.viewOf(road);
    const json = inFoldVersion(encodeSnapshot(view.state), firstFoldVersion);
    const bytes = await nodeCodec.deflate(JSON.stringify(json));
    return { cursor: cursorOf(view), atMs: view.atMs, foldVersion: firstFoldVersion, bytes };
  };

  it('[SN16] goes on from a snapshot of an older version, over a log that is trimmed', async () => {
    const before = stateHash(await groupState(bench));
    const snapshot = await keptBefore();
    await bench.store.snapshots.put(road, snapshot, 'base');
    await bench.store.log.trim(road, snapshot.cursor[1]);
    const upgraded = createSyncBench(bench.store);
    equal(stateHash(await groupState(upgraded)), before);
    deepEqual(upgraded.bugs, []);
  });

  it('[SN16] does not go on from one of a newer version, and says so', async () => {
    const snapshot = { ...(await keptBefore()), foldVersion: 99 };
    const bytes = await nodeCodec.deflate(JSON.stringify({ foldVersion: 99, kind: 'group' }));
    await bench.store.snapshots.put(road, { ...snapshot, bytes });
    const older = createSyncBench(bench.store);
    equal(stateHash(await groupState(older)), stateHash(await groupState(bench)));
    equal(older.bugs.length, 1);
    await bench.store.log.trim(road, snapshot.cursor[1]);
    await rejects(groupState(createSyncBench(bench.store)), /no snapshot leads to/);
  });

  it('[SN16] gives a replica of an older version what it reads, and one that names none the first', async () => {
    for (const answer of [await pull(), await pull(firstFoldVersion)]) {
      equal(answer.snapshot.foldVersion, firstFoldVersion);
      const json = await jsonIn(answer);
      deepEqual(json, inFoldVersion(encodeSnapshot(await groupState(bench)), firstFoldVersion));
    }
    equal((await pull(foldVersion)).snapshot.foldVersion, foldVersion);
  });

  it('[SN16] gives a replica of a newer version its own, which that one reads', async () => {
    equal((await pull(foldVersion + 1)).snapshot.foldVersion, foldVersion);
  });

  it('[SN16] tells a replica of a version of more than a year ago to update', async () => {
    await rejects(pull(firstFoldVersion - 1), { code: 'update-needed' });
  });

  it('[SN16] hands on none that an older server kept', async () => {
    await bench.store.snapshots.put(road, await keptBefore());
    const upgraded = createSyncBench(bench.store);
    const answer = await upgraded.pulls.pull(ana, { scope: road, cursor: null, fold: foldVersion });
    equal(snapshotIn(answer).snapshot.foldVersion, foldVersion);
  });
});
