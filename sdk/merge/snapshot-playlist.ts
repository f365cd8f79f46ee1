import { type Cell, damaged, differences, listIn, packed, sums, unpacked } from './columns.ts';
import { keyBetween, keysFrom } from './position-keys.ts';
import { entriesOf, number, rowOf, text, textOrNull } from './row-codec.ts';
import { mapFrom, mapFromColumns } from './sorted-map.ts';
import type { AppendRun, PlacedItem, PlaylistState } from './states.ts';

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

/** @throws {JamzError} `invalid` where it is damaged */
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

const appendRuns = entriesOf(rowOf<AppendRun>({ key: text, generation: number, seq: number }));
