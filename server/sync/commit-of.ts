import type { Commit } from '../../sdk/protocol/wire.ts';
import type { Codec } from '../ports/codec.ts';
import type { FoldedBatch } from './fold-batch.ts';
import type { View } from './view.ts';

/** A commit that has not been written yet, with its text: the runs' is hashed and stored, the whole is told. */
export interface DraftCommit {
  readonly commit: Commit;
  readonly runsJson: string;
  readonly json: string;
}

/** The commit that adds a batch's ops behind a view, chained to it by hash. */
export function commitOf(
  view: View,
  { runs, count, atMs }: FoldedBatch,
  codec: Codec,
): DraftCommit {
  const runsJson = JSON.stringify(runs);
  const header = {
    generation: view.generation,
    seq: view.seq + 1,
    count,
    atMs,
    hash: codec.sha256Hex(view.hash + runsJson).slice(0, 16),
  };
  // Runs are most of it: put into the text as they are.
  const json = `${JSON.stringify(header).slice(0, -1)},"runs":${runsJson}}`;
  return { commit: { ...header, runs }, runsJson, json };
}
