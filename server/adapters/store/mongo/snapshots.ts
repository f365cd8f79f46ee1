import { Binary } from 'mongodb';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { SnapshotKind, SnapshotStore, StoredSnapshot } from '../../../ports/store.ts';
import type { Collections, SnapshotDocument } from './documents.ts';
import { isDuplicate } from './failures.ts';
import type { Gate } from './gate.ts';
import { forksOf, upToOf } from './log-forks.ts';
import { bytesOf, maxPartBytes, type Parts } from './parts.ts';

/** How often a snapshot may be replaced under its reader. */
const maxReads = 5;

/** One document for each scope and kind. One that was cut out of its log counts for nothing. */
export function createSnapshots(collections: Collections, gate: Gate, parts: Parts): SnapshotStore {
  const { snapshots } = collections;

  const find = async (scope: Scope, kind: SnapshotKind) => {
    const [found, forks] = await Promise.all([
      gate.run((within) => snapshots.findOne({ _id: `${kind} ${scope}`, scope }, within)),
      forksOf(collections, gate, scope),
    ]);
    return { found, counts: found ? found.seq <= upToOf(forks, found.generation) : false };
  };

  const replace = async (made: SnapshotDocument): Promise<'written' | 'older'> => {
    const { _id, scope, generation, seq, foldVersion, ...rest } = made;
    const older = {
      ...{ _id, scope },
      $or: [
        { generation: { $lt: generation } },
        { generation, seq: { $lt: seq } },
        { generation, seq, foldVersion: { $lt: foldVersion } },
      ],
    };
    const update = { $set: { generation, seq, foldVersion, ...rest } };
    const options = { projection: { bytes: 1 } } as const;
    let old: Pick<SnapshotDocument, 'bytes'> | null;
    try {
      // Where there is none yet it is made; where there is one that is not older, that one stands in the way.
      old = await gate.run((within) =>
        snapshots.findOneAndUpdate(older, update, { ...within, ...options, upsert: true }),
      );
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // It may have come just now, and be older all the same.
      old = await gate.run((within) =>
        snapshots.findOneAndUpdate(older, update, { ...within, ...options }),
      );
      if (!old) return 'older';
    }
    if (old && !(old.bytes instanceof Binary)) await parts.drop(scope, old.bytes);
    return 'written';
  };

  /** Makes room where what stands in the way was cut out of the log. */
  const dropCutOut = async (scope: Scope, kind: SnapshotKind): Promise<boolean> => {
    const { found, counts } = await find(scope, kind);
    if (!found || counts) return false;
    const { _id, generation, seq, bytes } = found;
    await gate.run((within) => snapshots.deleteOne({ _id, scope, generation, seq }, within));
    if (!(bytes instanceof Binary)) await parts.drop(scope, bytes);
    return true;
  };

  return {
    async get(scope, kind = 'newest') {
      for (let reads = 0; reads < maxReads; reads++) {
        const { found, counts } = await find(scope, kind);
        if (!found || !counts) return undefined;
        const { bytes } = found;
        const all = bytes instanceof Binary ? bytesOf(bytes) : await parts.get(scope, bytes);
        // Where pieces are missing another snapshot has come meanwhile.
        if (all) return toSnapshot(found, all);
      }
      return undefined;
    },
    async put(
      scope,
      { cursor: [generation, seq, hash], atMs, foldVersion, bytes },
      kind = 'newest',
    ) {
      const isLarge = bytes.length > maxPartBytes;
      const kept = isLarge ? await parts.put(scope, bytes) : new Binary(bytes);
      const made: SnapshotDocument = {
        ...{ _id: `${kind} ${scope}`, scope, kind, generation, seq, hash },
        ...{ atMs, foldVersion, bytes: kept },
      };
      let outcome = await replace(made);
      if (outcome === 'older' && (await dropCutOut(scope, kind))) outcome = await replace(made);
      if (outcome === 'older' && !(kept instanceof Binary)) await parts.drop(scope, kept);
      return outcome;
    },
  };
}

function toSnapshot(
  { generation, seq, hash, atMs, foldVersion }: SnapshotDocument,
  bytes: Uint8Array,
): StoredSnapshot {
  return { cursor: [generation, seq, hash], atMs, foldVersion, bytes };
}
