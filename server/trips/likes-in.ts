import type { GroupState } from '../../sdk/merge/states.ts';
import { wallMsOf } from '../../sdk/protocol/hlc.ts';
import type { TripLike } from '../../sdk/protocol/trip.ts';

/**
 * The songs that were liked in a span and still are. The log keeps of each member and track the last like alone: who
 * took one back and gave it again later liked it later.
 */
export function likesIn(
  { reactions, playlist, plays }: Pick<GroupState, 'reactions' | 'playlist' | 'plays'>,
  fromMs: number,
  untilMs: number,
): readonly TripLike[] {
  const likes: TripLike[] = [];
  for (const [key, { like, stamps }] of reactions) {
    const stamp = stamps['like'];
    if (!like || stamp === undefined) continue;
    const wallMs = wallMsOf(stamp);
    if (wallMs < fromMs || wallMs > untilMs) continue;
    const [itemId = '', userId = ''] = key.split(' ');
    // A track that was removed since is known by its plays alone.
    const title =
      playlist.items.get(itemId)?.title ?? plays.find((play) => play.itemId === itemId)?.title;
    if (title !== undefined) likes.push({ atMs: wallMs, userId, title });
  }
  return likes.sort((one, other) => one.atMs - other.atMs);
}
