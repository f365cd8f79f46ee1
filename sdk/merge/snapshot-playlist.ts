import { damaged, listIn, sums, unpacked } from './columns.ts';
import { keysFrom } from './position-keys.ts';
import { type Codec, entriesOf, number, rowOf, text, textOrNull } from './row-codec.ts';
import { mapFrom, mapFromColumns, type SortedMap } from './sorted-map.ts';
import type { AppendRun, PlacedItem, PlaylistState } from './states.ts';

/** What `encodePlaylist` made. @throws {JamzError} `invalid` where it is damaged */
export function decodePlaylist(json: unknown): PlaylistState {
  const parts = listIn(json);
  const ids = listIn(parts[0]);
  const count = ids.length;
  const [keys, titles, artists, durations, fileIds, urls, trackIds, addedBy] = parts
    .slice(1, 9)
    .map((column) => unpacked(column, count));
  if (!keys || !titles || !artists || !durations || !fileIds || !urls || !trackIds || !addedBy) {
    throw damaged('a column is missing');
  }
  const addedAtMs = sums(unpacked(parts[9], count));
  const placed: PlacedItem[] = [];
  const orderKeys: string[] = [];
  let nextKey = keysFrom(undefined, undefined);
  for (let at = 0; at < count; at++) {
    let key = textOrNull.decode(keys[at]);
    if (key === null) key = nextKey();
    else nextKey = keysFrom(key, undefined);
    const item: { -readonly [Field in keyof PlacedItem]: PlacedItem[Field] } = {
      itemId: text.decode(ids[at]),
      title: text.decode(titles[at]),
      addedBy: text.decode(addedBy[at]),
      addedAtMs: addedAtMs[at] ?? 0,
      key,
    };
    // One by one: ten thousand lists of what may be missing would cost more than the rest.
    if (artists[at] !== null) item.artist = text.decode(artists[at]);
    if (durations[at] !== null) item.durationMs = number.decode(durations[at]);
    if (fileIds[at] !== null) item.fileId = text.decode(fileIds[at]);
    if (urls[at] !== null) item.url = text.decode(urls[at]);
    if (trackIds[at] !== null) item.trackId = text.decode(trackIds[at]);
    orderKeys.push(key);
    placed.push(item);
  }
  const order = mapFromColumns(orderKeys, placed);
  placed.sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
  const itemIds = placed.map(({ itemId }) => itemId);
  const removedIds = listIn(parts[10]);
  const removedSeqs = unpacked(parts[11], removedIds.length);
  return {
    items: mapFromColumns(itemIds, placed),
    order,
    removed: mapFrom(removedIds.map((id, at) => [text.decode(id), number.decode(removedSeqs[at])])),
    runs: appendRuns.decode(parts[12]),
  };
}

export const appendRuns: Codec<SortedMap<AppendRun>> = entriesOf(
  rowOf<AppendRun>({ key: text, generation: number, seq: number }),
);
