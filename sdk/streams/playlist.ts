import type { PlaylistEntry } from '../api.ts';
import type { GroupState, PlacedItem } from '../merge/states.ts';
import { type ItemId, serverReplicaId, type UserId } from '../protocol/ids.ts';

type Reacted = ReadonlyMap<ItemId, Pick<PlaylistEntry, 'likes' | 'likedByMe' | 'takenDown'>>;

/**
 * The playlist in its order, each item with its likes and with the server's word that its file was taken down. Entries
 * are made leaf by leaf and kept as long as their leaf stays as it was, so that an append to ten thousand items makes a
 * few new entries, not ten thousand.
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
    if (reactions.size > 0) show(entries, reactedTo(reactions, userId));
    return entries;
  };
}

function show(entries: PlaylistEntry[], reacted: Reacted): void {
  entries.forEach((entry, index) => {
    const known = reacted.get(entry.itemId);
    if (known) entries[index] = { ...entry, ...known };
  });
}

function reactedTo(reactions: GroupState['reactions'], userId: UserId | undefined): Reacted {
  const reacted = new Map<ItemId, { likes: number; likedByMe: boolean; takenDown?: boolean }>();
  for (const [key, { like, skip }] of reactions.entries()) {
    const [itemId = '', memberId] = key.split(' ');
    const known = reacted.get(itemId) ?? { likes: 0, likedByMe: false };
    if (like) {
      known.likes += 1;
      known.likedByMe ||= memberId === userId;
    }
    // The server skips a track for everybody: nobody can hear it any more.
    if (memberId === serverReplicaId) known.takenDown = skip;
    reacted.set(itemId, known);
  }
  return reacted;
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
  for (const [key, { like }] of reactions.entries()) {
    const [liked, memberId = ''] = key.split(' ');
    if (like && liked === itemId) likers.push(memberId);
  }
  return likers;
}
