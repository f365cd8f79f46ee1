import type { ItemId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { type PlayOrder, playOrder } from './play-order.ts';
import type { PlaybackState, PlaylistState } from './states.ts';

/** What the group hears at one instant of the server's time. */
export interface Sounding {
  readonly itemId: ItemId | null;
  /** Where the item stands at that instant. */
  readonly positionMs: number;
  readonly playing: boolean;
  /** When the item stood, or would have stood, at its beginning, server's time. */
  readonly startedAtMs: number;
  /** When it ends, server's time; null while paused and where nobody knows its length yet. */
  readonly endsAtMs: number | null;
}

/** A track that played to its end. */
export interface Passed {
  readonly itemId: ItemId;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/**
 * What sounds at the server's time `atMs`, by arithmetic over the record, the playlist, the durations, repeat and
 * shuffle: a phone that is ten minutes in the dark changes tracks with the others. A track of unknown length never
 * ends. Behind the last track, with repeat off, the group rests at the beginning of the first.
 */
export function soundingAt(
  playback: PlaybackState,
  playlist: PlaylistState,
  atMs: number,
): Sounding {
  return walk(playback, playlist, atMs).sounding;
}

/** The items that `previous` and `next` lead to; null at an end that repeat does not join with the other. */
export function neighbours(
  playback: PlaybackState,
  playlist: PlaylistState,
  itemId: ItemId,
): { readonly previous: ItemId | null; readonly next: ItemId | null } {
  const order = playOrder(playback, playlist);
  if (!playlist.items.has(itemId)) return { previous: null, next: null };
  const wraps = playback.repeat === 'all';
  return {
    previous: order.before(itemId) ?? (wraps ? order.last() : undefined) ?? null,
    next: order.after(itemId) ?? (wraps ? order.first() : undefined) ?? null,
  };
}

/** {@link soundingAt}, with the tracks that ended since the record was made, oldest first, at most the last 200 or so. */
export function walk(
  playback: PlaybackState,
  playlist: PlaylistState,
  atMs: number,
): { readonly sounding: Sounding; readonly passed: readonly Passed[] } {
  const { itemId: origin, positionMs, atServerMs, playing, rate } = playback.record;
  if (origin === null || !playlist.items.has(origin)) {
    return { sounding: silence(atServerMs), passed: [] };
  }
  let itemId = origin;
  let startedAtMs = atServerMs - positionMs / rate;
  if (!playing) {
    const sounding = { itemId, positionMs, playing, startedAtMs, endsAtMs: null };
    return { sounding, passed: [] };
  }
  let endsAtMs = endOf(playlist, itemId, startedAtMs, rate);
  // Sought behind its end, or found to be shorter than it has sounded: it ends there, not in the past.
  if (endsAtMs !== null && endsAtMs < atServerMs) endsAtMs = atServerMs;
  if (endsAtMs === null || endsAtMs > atMs) {
    const elapsedMs = Math.max(0, atMs - atServerMs) * rate;
    const sounding = { itemId, positionMs: positionMs + elapsedMs, playing, startedAtMs, endsAtMs };
    return { sounding, passed: [] };
  }

  const order = playOrder(playback, playlist);
  const passed: Passed[] = [];
  let lap: { readonly atMs: number; readonly tracks: number } | undefined;
  while (endsAtMs !== null && endsAtMs <= atMs) {
    passed.push({ itemId, startedAtMs, endedAtMs: endsAtMs });
    const next = following(playback, order, itemId);
    if (next === undefined) return { sounding: rest(order, endsAtMs), passed: recent(passed) };
    itemId = next;
    startedAtMs = endsAtMs;
    if (itemId === origin) {
      if (lap)
        startedAtMs += skippedMs(
          startedAtMs - lap.atMs,
          passed.length - lap.tracks,
          atMs - startedAtMs,
        );
      lap = { atMs: startedAtMs, tracks: passed.length };
    }
    endsAtMs = endOf(playlist, itemId, startedAtMs, rate);
  }
  const sounding = {
    itemId,
    positionMs: (atMs - startedAtMs) * rate,
    playing,
    startedAtMs,
    endsAtMs,
  };
  return { sounding, passed: recent(passed) };
}

/** How long a whole number of laps can be passed over at once, so that enough remain to tell the last plays. */
function skippedMs(lapMs: number, lapTracks: number, remainingMs: number): number {
  const kept = Math.ceil(limits.recentPlays / lapTracks);
  return Math.max(0, Math.floor(remainingMs / lapMs) - kept) * lapMs;
}

function following(playback: PlaybackState, order: PlayOrder, itemId: ItemId): ItemId | undefined {
  if (playback.repeat === 'one') return itemId;
  return order.after(itemId) ?? (playback.repeat === 'all' ? order.first() : undefined);
}

/** Null where nobody knows the length; a length of nothing is not known. */
function endOf(
  { items }: PlaylistState,
  itemId: ItemId,
  startedAtMs: number,
  rate: number,
): number | null {
  const durationMs = items.get(itemId)?.durationMs;
  return durationMs ? startedAtMs + durationMs / rate : null;
}

function rest(order: PlayOrder, endedAtMs: number): Sounding {
  return { ...silence(endedAtMs), itemId: order.first() ?? null };
}

function silence(sinceMs: number): Sounding {
  return { itemId: null, positionMs: 0, playing: false, startedAtMs: sinceMs, endsAtMs: null };
}

function recent(passed: readonly Passed[]): readonly Passed[] {
  return passed.slice(-limits.recentPlays);
}
