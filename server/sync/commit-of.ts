import { toRuns } from '../../sdk/protocol/codec.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { Codec } from '../ports/codec.ts';
import type { FoldedBatch } from './fold-batch.ts';
import type { View } from './view.ts';

/** The commit that adds a batch's ops behind a view, chained to it by hash. */
export function commitOf(view: View, { ops, atMs }: FoldedBatch, codec: Codec): Commit {
  const runs = toRuns(ops);
  return {
    generation: view.generation,
    seq: view.seq + 1,
    count: ops.length,
    atMs,
    hash: codec.sha256Hex(view.hash + JSON.stringify(runs)).slice(0, 16),
    runs,
  };
}
