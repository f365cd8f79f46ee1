import type { Cell } from './columns.ts';
import { differences, packed } from './pack-columns.ts';
import { keysFrom } from './position-keys.ts';
import { appendRuns } from './snapshot-playlist.ts';
import type { PlaylistState } from './states.ts';

/**
 * A playlist as columns in playing order: `[ids, keys, titles, artists, durations, file ids, urls, track ids, added by,
 * added at, removed ids, removed seqs, runs]`. A key that is simply the next one after its predecessor's is null.
 */
export function encodePlaylist({ order, removed, runs }: PlaylistState): unknown {
  const ids: string[] = [];
  const keys: Cell[] = [];
  const titles: Cell[] = [];
  const artists: Cell[] = [];
  const durations: Cell[] = [];
  const fileIds: Cell[] = [];
  const urls: Cell[] = [];
  const trackIds: Cell[] = [];
  const addedBy: Cell[] = [];
  const addedAt: number[] = [];
  let nextKey = keysFrom(undefined, undefined);
  // One walk for all columns: a list of ten thousand is often encoded by code that has not run before.
  order.forEach((item) => {
    const { key } = item;
    const follows = key === nextKey();
    if (!follows) nextKey = keysFrom(key, undefined);
    keys.push(follows ? null : key);
    ids.push(item.itemId);
    titles.push(item.title);
    artists.push(item.artist ?? null);
    durations.push(item.durationMs ?? null);
    fileIds.push(item.fileId ?? null);
    urls.push(item.url ?? null);
    trackIds.push(item.trackId ?? null);
    addedBy.push(item.addedBy);
    addedAt.push(item.addedAtMs);
  });
  const columns = [keys, titles, artists, durations, fileIds, urls, trackIds, addedBy];
  return [
    ids,
    ...columns.map(packed),
    packed(differences(addedAt)),
    [...removed.keys()],
    packed(removed.toArray()),
    appendRuns.encode(runs),
  ];
}
