import type { PlaylistItem } from '../merge/states.ts';
import type { ListenSource } from './listen-source.ts';

/** Tells the group the length of a track that has none, once for each. */
export function durationLessons(
  source: Pick<ListenSource, 'learnDuration'>,
): (item: PlaylistItem, seconds: number) => void {
  const told = new Set<string>();
  return ({ itemId, durationMs }, seconds) => {
    if (durationMs || told.has(itemId) || !Number.isFinite(seconds)) return;
    told.add(itemId);
    source.learnDuration(itemId, Math.round(seconds * 1000));
  };
}
