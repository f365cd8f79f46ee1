import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import type { ItemId } from '../protocol/ids.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Live } from '../streams/live.ts';

/** What a listener has to know of its group. */
export interface ListenSource {
  readonly nowPlaying$: Live<NowPlaying>;
  /** The server's time as this replica estimates it, ms since 1970. */
  serverNow(): number;
  /** False while that estimate is only this device's own clock: no distance from the group can be told then. Default: true. */
  readonly isClockKnown?: () => boolean;
  /** @throws {JamzError} `not-found`, `unavailable` */
  trackUrl(itemId: ItemId): Promise<string>;
  /** Called once for a track whose entry has no length, as soon as this device knows it. */
  learnDuration(itemId: ItemId, durationMs: number): void;
  /** What comes after the next track, as far as it is worth having before the network goes; absent: nothing. */
  readonly upcoming?: () => readonly PlaylistItem[];
  /** Keeps volume and mute. */
  readonly preferences: KeyValue;
  /** Keeps the bytes of the last tracks heard. */
  readonly trackCache: KeyValue;
}

/** Names a track's sound: items that share it share its bytes. */
export function soundKey(
  item: Pick<PlaylistItem, 'itemId' | 'fileId' | 'url' | 'trackId'>,
): string {
  if (item.fileId !== undefined) return `file:${item.fileId}`;
  if (item.url !== undefined) return `url:${item.url}`;
  return `track:${item.trackId ?? item.itemId}`;
}
