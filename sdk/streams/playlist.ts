import type { PlaylistEntry } from '../api.ts';
import type { GroupState, PlacedItem } from '../merge/states.ts';
import type { ItemId, UserId } from '../protocol/ids.ts';

type Likes = ReadonlyMap<ItemId, { readonly count: number; readonly byMe: boolean }>;

/**
 * The playlist in its order, each item with its likes. Entries are made leaf by leaf and kept as long as their leaf
 * stays as it was, so that an append to ten thousand items makes a few new entries, not ten thousand.
 */
export function playlistEntries(): (
  playlist: GroupState['playlist'],
  reactions: GroupState['reactions'],
  userId: UserId | undefined,
) => readonly PlaylistEntry[] {
  const plain = new WeakMap<readonly PlacedItem[], readonly PlaylistEntry[]>();
  const entriesOf = (leaf: readonly PlacedItem[]): readonly PlaylistEntry[] => {
    let made = plain.get(leaf);
    if (!made) {
      made = leaf.map(entryOf);
      plain.set(leaf, made);
    }
    return made;
  };

  return (playlist, reactions, userId) => {
    const entries: PlaylistEntry[] = [];
    for (const leaf of playlist.order.leaves()) {
      for (const entry of entriesOf(leaf)) entries.push(entry);
    }
    if (reactions.size > 0) showLikes(entries, likesByItem(reactions, userId));
    return entries;
  };
}

function showLikes(entries: PlaylistEntry[], likes: Likes): void {
  entries.forEach((entry, index) => {
    const liked = likes.get(entry.itemId);
    if (liked) entries[index] = { ...entry, likes: liked.count, likedByMe: liked.byMe };
  });
}

function likesByItem(reactions: GroupState['reactions'], userId: UserId | undefined): Likes {
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

/** Ten thousand of them are what a big list is waited for: `Object.assign` would take twice as long. */
function entryOf({ key: _key, ...item }: PlacedItem): PlaylistEntry {
  const entry: typeof item & { likes?: number; likedByMe?: boolean } = item;
  entry.likes = 0;
  entry.likedByMe = false;
  return entry as PlaylistEntry;
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
