import type { Cell } from './columns.ts';
import { differences, packed } from './pack-columns.ts';
import { keyBetween } from './position-keys.ts';
import { appendRuns } from './snapshot-playlist.ts';
import type { PlacedItem, PlaylistState } from './states.ts';

/**
 * A playlist as columns in playing order: `[ids, keys, titles, artists, durations, file ids, urls, track ids, added by,
 * added at, removed ids, removed seqs, runs]`. A key that is simply the next one after its predecessor's is null.
 */
export function encodePlaylist({ order, removed, runs }: PlaylistState): unknown {
  const placed = order.toArray();
  const column = (cell: (item: PlacedItem) => Cell): unknown => packed(placed.map(cell));
  let last: string | undefined;
  const keys = placed.map(({ key }) => {
    const follows = key === keyBetween(last, undefined);
    last = key;
    return follows ? null : key;
  });
  return [
    placed.map(({ itemId }) => itemId),
    packed(keys),
    column(({ title }) => title),
    column(({ artist }) => artist ?? null),
    column(({ durationMs }) => durationMs ?? null),
    column(({ fileId }) => fileId ?? null),
    column(({ url }) => url ?? null),
    column(({ trackId }) => trackId ?? null),
    column(({ addedBy }) => addedBy),
    packed(differences(placed.map(({ addedAtMs }) => addedAtMs))),
    [...removed.keys()],
    packed(removed.toArray()),
    appendRuns.encode(runs),
  ];
}
