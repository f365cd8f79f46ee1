import type { PlaylistEntry } from '../api.ts';
import type { GroupState, PlacedItem, PlaylistItem } from '../merge/states.ts';
import type { ItemId, UserId } from '../protocol/ids.ts';

/**
 * The playlist in its order, each item with its likes. Entries that nobody likes are made once per item object, so
 * that an append to ten thousand items makes one new entry, not ten thousand.
 */
export function playlistEntries(): (
  playlist: GroupState['playlist'],
  reactions: GroupState['reactions'],
  userId: UserId | undefined,
) => readonly PlaylistEntry[] {
  const plain = new WeakMap<PlacedItem, PlaylistEntry>();
  return (playlist, reactions, userId) => {
    const likes = likesByItem(reactions, userId);
    const entries: PlaylistEntry[] = [];
    for (const itemId of playlist.order.values()) {
      const item = playlist.items.get(itemId);
      if (!item) continue;
      const liked = likes.get(itemId);
      if (liked) {
        entries.push({ ...visible(item), likes: liked.count, likedByMe: liked.byMe });
        continue;
      }
      let entry = plain.get(item);
      if (!entry) {
        entry = { ...visible(item), likes: 0, likedByMe: false };
        plain.set(item, entry);
      }
      entries.push(entry);
    }
    return entries;
  };
}

function likesByItem(
  reactions: GroupState['reactions'],
  userId: UserId | undefined,
): Map<ItemId, { count: number; byMe: boolean }> {
  const likes = new Map<ItemId, { count: number; byMe: boolean }>();
  for (const [key, reaction] of reactions.entries()) {
    if (!reaction.like) continue;
    const [itemId = '', memberId] = key.split(' ');
    const known = likes.get(itemId) ?? { count: 0, byMe: false };
    known.count += 1;
    known.byMe ||= memberId === userId;
    likes.set(itemId, known);
  }
  return likes;
}

function visible({ key: _key, ...item }: PlacedItem): PlaylistItem {
  return item;
}

/** Who likes an item, for the history. */
export function likersOf(reactions: GroupState['reactions'], itemId: ItemId): readonly UserId[] {
  const likers: UserId[] = [];
  const prefix = `${itemId} `;
  for (const [key, reaction] of reactions.entries()) {
    if (reaction.like && key.startsWith(prefix)) likers.push(key.slice(prefix.length));
  }
  return likers;
}
