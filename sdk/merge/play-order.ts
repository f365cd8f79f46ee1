import { type ItemId, isUpload } from '../protocol/ids.ts';
import type { SortedMap } from './sorted-map.ts';
import type { PlacedItem, PlaybackState, PlaylistState } from './states.ts';

/**
 * Which item comes after which, without regard to repeat. Items that are not in the playlist have no neighbours. Those
 * whose file is still on its way come after none: the others do not have them, and all must play the same.
 */
export interface PlayOrder {
  first(): ItemId | undefined;
  last(): ItemId | undefined;
  after(itemId: ItemId): ItemId | undefined;
  before(itemId: ItemId): ItemId | undefined;
}

/**
 * The order in which a group's tracks play: the playlist's own, or the shuffled one. Shuffled, an item stands by a
 * hash of the seed and its id, so an added or removed item leaves the others where they were; the order begins with
 * the item that sounded when shuffle was switched on, so that all the others follow it.
 */
export function playOrder(playback: PlaybackState, playlist: PlaylistState): PlayOrder {
  return playback.shuffle ? shuffled(playback, playlist) : inOrder(playlist);
}

function inOrder({ items, order }: PlaylistState): PlayOrder {
  const go = (
    way: 'after' | 'before',
    start: readonly [string, PlacedItem] | undefined,
  ): ItemId | undefined => {
    let found = start;
    while (isUpload(found?.[1].fileId)) found = found && order[way](found[0]);
    return found?.[1].itemId;
  };
  const from = (way: 'after' | 'before', itemId: ItemId): ItemId | undefined => {
    const item = items.get(itemId);
    return item && go(way, order[way](item.key));
  };
  return {
    first: () => go('after', order.first()),
    last: () => go('before', order.last()),
    after: (itemId) => from('after', itemId),
    before: (itemId) => from('before', itemId),
  };
}

function shuffled(playback: PlaybackState, { order }: PlaylistState): PlayOrder {
  const { ids, places } = shuffle(order, playback.shuffleSeed, playback.shuffleFirst);
  const neighbour = (itemId: ItemId, distance: number): ItemId | undefined => {
    const place = places.get(itemId);
    return place === undefined ? undefined : ids[place + distance];
  };
  return {
    first: () => ids[0],
    last: () => ids[ids.length - 1],
    after: (itemId) => neighbour(itemId, 1),
    before: (itemId) => neighbour(itemId, -1),
  };
}

interface Shuffle {
  readonly seed: number;
  readonly first: ItemId | null;
  readonly ids: readonly ItemId[];
  readonly places: ReadonlyMap<ItemId, number>;
}

/** The last shuffle of each order: sorting 10,000 items on every question would be felt. */
const shuffles = new WeakMap<SortedMap<PlacedItem>, Shuffle>();

function shuffle(order: SortedMap<PlacedItem>, seed: number, first: ItemId | null): Shuffle {
  const kept = shuffles.get(order);
  if (kept && kept.seed === seed && kept.first === first) return kept;
  const turn = first === null ? 0 : hash(seed, first);
  const ranked = order.toArray().flatMap(({ itemId, fileId }) => {
    const rank = (hash(seed, itemId) - turn) >>> 0;
    return isUpload(fileId) ? [] : { itemId, rank: itemId === first ? -1 : rank };
  });
  ranked.sort((a, b) => a.rank - b.rank || (a.itemId < b.itemId ? -1 : 1));
  const ids = ranked.map(({ itemId }) => itemId);
  const made = { seed, first, ids, places: new Map(ids.map((itemId, place) => [itemId, place])) };
  shuffles.set(order, made);
  return made;
}

/** FNV-1a over the id from a seeded start, with MurmurHash3's finaliser to spread it (Appleby, public domain). */
function hash(seed: number, text: string): number {
  let bits = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) {
    bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
