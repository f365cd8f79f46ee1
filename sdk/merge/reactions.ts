import { compareHlc, type Hlc, zeroHlc } from '../clock/hlc.ts';
import type { ItemId, UserId } from '../protocol/ids.ts';
import { emptyMap, type SortedMap } from './sorted-map.ts';
import type { Reaction } from './states.ts';
import type { MergeStrategy } from './strategy.ts';

const none: Reaction = { like: false, skip: false, rating: null, stamps: {} };

/** Per member and track; the member's last like, skip and rating stand, each for itself. */
export const reactions: MergeStrategy<SortedMap<Reaction>, 'reactions.set'> = {
  empty: emptyMap(),

  merge(state, op, { edit }) {
    const { itemId, ...fields } = op.payload;
    const key = reactionKey(itemId, op.authorId);
    const reaction = state.get(key) ?? none;
    const stamps: Record<string, Hlc> = { ...reaction.stamps };
    const won = Object.entries(fields).filter(([field]) => {
      if (compareHlc(op.stamp, stamps[field] ?? zeroHlc) <= 0) return false;
      stamps[field] = op.stamp;
      return true;
    });
    if (won.length === 0) return state;
    return state.set(key, { ...reaction, ...Object.fromEntries(won), stamps }, edit);
  },
};

/** Under which key a member's reaction to a track is kept; ids hold no spaces. */
export function reactionKey(itemId: ItemId, userId: UserId): string {
  return `${itemId} ${userId}`;
}
