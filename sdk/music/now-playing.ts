import type { NowPlaying } from '../api.ts';
import { neighbours, type Sounding, soundingAt } from '../merge/sounding.ts';
import type { GroupState, PlaylistItem } from '../merge/states.ts';

export interface NowPlayingUntil {
  readonly nowPlaying: NowPlaying;
  /** Server's time at which time alone makes it another; null while nothing but an op can. */
  readonly changesAtMs: number | null;
}

export const silentNowPlaying: NowPlaying = {
  item: null,
  playing: false,
  positionMs: 0,
  atServerMs: 0,
  rate: 1,
  durationMs: null,
  by: null,
  repeat: 'off',
  shuffle: false,
  previousItem: null,
  nextItem: null,
};

/** What a group hears at the server's time `serverMs`, and until when that holds. */
export function nowPlayingAt(state: GroupState, serverMs: number): NowPlayingUntil {
  const { playback, playlist } = state;
  const { record, repeat, shuffle } = playback;
  const sounding = soundingAt(playback, playlist, serverMs);
  const itemOf = (itemId: string | null): PlaylistItem | null =>
    itemId === null ? null : (playlist.items.get(itemId) ?? null);
  const item = itemOf(sounding.itemId);
  const around = item
    ? neighbours(playback, playlist, item.itemId)
    : { previous: null, next: null };
  return {
    nowPlaying: {
      item,
      playing: sounding.playing,
      ...anchorOf(state, sounding),
      rate: record.rate,
      durationMs: item?.durationMs ?? null,
      by: record.by,
      repeat,
      shuffle,
      previousItem: itemOf(around.previous),
      nextItem: itemOf(around.next),
    },
    changesAtMs: sounding.endsAtMs,
  };
}

/** Whether nothing that shows or sounds differs. */
export function isSameNowPlaying(one: NowPlaying, other: NowPlaying): boolean {
  const keys = Object.keys(one) as (keyof NowPlaying)[];
  return keys.every((key) => Object.is(one[key], other[key]));
}

/**
 * The point that a position is counted from. It stays the same however often it is asked for, so that a stream can
 * stay quiet: the record's own while its track sounds, later the beginning of the track that arithmetic has reached.
 */
function anchorOf(
  { playback: { record } }: GroupState,
  { itemId, playing, positionMs, startedAtMs }: Sounding,
): { readonly positionMs: number; readonly atServerMs: number } {
  const isRecord =
    itemId === record.itemId && startedAtMs === record.atServerMs - record.positionMs / record.rate;
  if (isRecord) return { positionMs: record.positionMs, atServerMs: record.atServerMs };
  return { positionMs: playing ? 0 : positionMs, atServerMs: startedAtMs };
}
