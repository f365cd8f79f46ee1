import type { ItemId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { neighbours, type Passed, soundingAt, walk } from './sounding.ts';
import type { GroupState, Play, Playback } from './states.ts';

/**
 * Brings the playback record up to the server's time `atMs`, its stamp kept, and writes down the plays that ended
 * since. Done before the playlist, a duration, repeat or shuffle changes, so that what sounds now does not change
 * because something before it moved. Returns the state given while the record's own track still sounds.
 */
export function anchored(state: GroupState, atMs: number): GroupState {
  if (!state.playback.record.playing) return state;
  const { sounding, passed } = walk(state.playback, state.playlist, atMs);
  if (passed.length === 0) return state;
  // From the track's beginning: whole milliseconds stay whole.
  const { itemId, playing, startedAtMs } = sounding;
  const record = { itemId, positionMs: 0, atServerMs: startedAtMs, playing };
  return withPlays(withRecord(state, record), passed);
}

/** As {@link anchored}, to the very position: what follows from here on does not reach back behind `atMs`. */
export function anchoredExactly(state: GroupState, atMs: number): GroupState {
  const moved = anchored(state, atMs);
  const { record } = moved.playback;
  if (!record.playing || atMs <= record.atServerMs) return moved;
  const { positionMs } = soundingAt(moved.playback, moved.playlist, atMs);
  return withRecord(moved, { positionMs, atServerMs: atMs });
}

/** Stops where playback stands, its stamp kept: nobody is left to hear it. */
export function atRest(state: GroupState, atMs: number): GroupState {
  const moved = anchoredExactly(state, atMs);
  return moved.playback.record.playing ? withRecord(moved, { playing: false }) : moved;
}

/** Before an item leaves the playlist: if it is the one that stands in the record, the next one takes its place. */
export function withoutItem(state: GroupState, itemId: ItemId, atMs: number): GroupState {
  if (state.playback.record.itemId !== itemId) return state;
  const { next } = neighbours(state.playback, state.playlist, itemId);
  const { playing } = state.playback.record;
  const stays = next !== null && next !== itemId;
  const record = stays ? { itemId: next, playing } : { itemId: null, playing: false };
  return withRecord(cutOff(state, atMs, null), { ...record, positionMs: 0, atServerMs: atMs });
}

/**
 * Writes down what played until a command takes its place at `atMs`: the tracks that ended, and the one cut off,
 * unless it is `goesOn` itself that sounds: a seek or a pause ends no play.
 */
export function cutOff(state: GroupState, atMs: number, goesOn: ItemId | null): GroupState {
  const { record } = state.playback;
  const { sounding, passed } = walk(state.playback, state.playlist, atMs);
  if (sounding.itemId === null || sounding.itemId === goesOn) return withPlays(state, passed);
  const { itemId, startedAtMs } = sounding;
  const endedAtMs = sounding.playing ? atMs : Math.min(atMs, record.atServerMs);
  const last = endedAtMs > startedAtMs ? [{ itemId, startedAtMs, endedAtMs }] : [];
  return withPlays(state, [...passed, ...last]);
}

function withRecord(state: GroupState, change: Partial<Playback>): GroupState {
  const record = { ...state.playback.record, ...change };
  return { ...state, playback: { ...state.playback, record } };
}

/** A track was chosen by who put it into the playlist: that much the log knows of every play. */
function withPlays(state: GroupState, passed: readonly Passed[]): GroupState {
  if (passed.length === 0) return state;
  const added = passed.map((play): Play => {
    const item = state.playlist.items.get(play.itemId);
    return { ...play, title: item?.title ?? '', chosenBy: item?.addedBy ?? null };
  });
  return { ...state, plays: [...state.plays, ...added].slice(-limits.recentPlays) };
}
