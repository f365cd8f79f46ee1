import { foldVersion } from '../../sdk/merge/fold.ts';
import { decodeSnapshot } from '../../sdk/merge/snapshot.ts';
import { inFoldVersion } from '../../sdk/merge/snapshot-versions.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Codec } from '../ports/codec.ts';
import type { StoredSnapshot } from '../ports/store.ts';
import { emptyView, type View } from './view.ts';

/**
 * The view that a snapshot holds, also one that an older version of the fold made.
 *
 * @throws where it is damaged, or of a newer version than this server's
 */
export async function openSnapshot(
  codec: Codec,
  scope: Scope,
  { cursor: [generation, seq, hash], atMs, bytes }: StoredSnapshot,
): Promise<View> {
  const json: unknown = JSON.parse(await codec.inflate(bytes));
  const state = decodeSnapshot(scope, inFoldVersion(json, foldVersion));
  return { ...emptyView(scope), state, generation, seq, hash, atMs };
}
