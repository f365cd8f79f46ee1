import {
  type Cell,
  damaged,
  differences,
  listIn,
  packed,
  Row,
  rowsIn,
  sums,
  unpacked,
} from './columns.ts';
import { keyBetween } from './position-keys.ts';
import { mapFrom, mapFromColumns } from './sorted-map.ts';
import type { PlacedItem, PlaylistState } from './states.ts';

/**
 * A playlist as columns in playing order: `[ids, keys, titles, artists, durations, file ids, urls, track ids, added by,
 * added at, removed ids, removed seqs, runs]`. A key that is simply the next one after its predecessor's is null.
 */
export function encodePlaylist({ items, order, removed, runs }: PlaylistState): unknown {
  const placed: PlacedItem[] = [];
  order.forEach((itemId) => {
    const item = items.get(itemId);
    if (item) placed.push(item);
  });
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
    [...runs].map(([replicaId, { key, generation, seq }]) => [replicaId, key, generation, seq]),
  ];
}

/** @throws {JamzError} `invalid` where it is damaged */
export function decodePlaylist(json: unknown): PlaylistState {
  const parts = listIn(json);
  const ids = new Row(parts[0]);
  const count = ids.length;
  const [keys, titles, artists, durations, fileIds, urls, trackIds, addedBy] = parts
    .slice(1, 9)
    .map((column) => new Row(unpacked(column, count)));
  if (!keys || !titles || !artists || !durations || !fileIds || !urls || !trackIds || !addedBy) {
    throw damaged('a column is missing');
  }
  const addedAtMs = sums(unpacked(parts[9], count));
  const placed: PlacedItem[] = [];
  const orderKeys: string[] = [];
  const orderIds: string[] = [];
  let key: string | undefined;
  for (let at = 0; at < count; at++) {
    key = keys.textOrNull(at) ?? keyBetween(key, undefined);
    const itemId = ids.text(at);
    orderKeys.push(key);
    orderIds.push(itemId);
    const artist = artists.textOrNull(at);
    const durationMs = durations.numberOrNull(at);
    const fileId = fileIds.textOrNull(at);
    const url = urls.textOrNull(at);
    const trackId = trackIds.textOrNull(at);
    placed.push({
      itemId,
      title: titles.text(at),
      ...(artist !== null && { artist }),
      ...(durationMs !== null && { durationMs }),
      ...(fileId !== null && { fileId }),
      ...(url !== null && { url }),
      ...(trackId !== null && { trackId }),
      addedBy: addedBy.text(at),
      addedAtMs: addedAtMs[at] ?? 0,
      key,
    });
  }
  placed.sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
  const itemIds = placed.map(({ itemId }) => itemId);
  const removedIds = new Row(parts[10]);
  const removedSeqs = new Row(unpacked(parts[11], removedIds.length));
  return {
    items: mapFromColumns(itemIds, placed),
    order: mapFromColumns(orderKeys, orderIds),
    removed: mapFrom(
      Array.from({ length: removedIds.length }, (_, at) => [
        removedIds.text(at),
        removedSeqs.number(at),
      ]),
    ),
    runs: mapFrom(
      rowsIn(parts[12]).map((row) => [
        row.text(0),
        { key: row.text(1), generation: row.number(2), seq: row.number(3) },
      ]),
    ),
  };
}
