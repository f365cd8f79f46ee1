import { neighbours, soundingAt } from '../merge/sounding.ts';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import type { ItemId } from '../protocol/ids.ts';
import type { Payloads } from '../protocol/payloads.ts';

type Record = Payloads['playback.set'];

/** A start lies this far ahead, so that the members' loudspeakers have the command before it is due. */
const startLeadMs = 250;
/** `previous` within this time of a track's start goes one track back; later it starts the track again. */
const restartAfterMs = 3_000;

const nothingToPlay = (): JamzError => new JamzError('not-found', 'Add a track first.');

export function play(state: GroupState, nowMs: number): Record | JamzError {
  const startMs = nowMs + startLeadMs;
  // Where it stands at the start, not now: what sounds already goes on without a jump.
  const sounding = soundingAt(state.playback, state.playlist, startMs);
  const itemId = sounding.itemId ?? firstItem(state);
  if (itemId === null) return nothingToPlay();
  const positionMs = sounding.itemId === null ? 0 : sounding.positionMs;
  return record(state, itemId, positionMs, startMs, true);
}

export function pause(state: GroupState, nowMs: number): Record | JamzError {
  const { itemId, positionMs } = soundingAt(state.playback, state.playlist, nowMs);
  return record(state, itemId, positionMs, nowMs, false);
}

/** @param positionMs from the track's start; beyond its end counts as its end */
export function seek(state: GroupState, nowMs: number, positionMs: number): Record | JamzError {
  const { itemId, playing } = soundingAt(state.playback, state.playlist, nowMs);
  if (itemId === null) return nothingToPlay();
  const durationMs = state.playlist.items.get(itemId)?.durationMs ?? Number.POSITIVE_INFINITY;
  const target = Math.min(Math.max(0, positionMs), durationMs);
  return record(state, itemId, target, playing ? nowMs + startLeadMs : nowMs, playing);
}

export function select(state: GroupState, nowMs: number, itemId: ItemId): Record | JamzError {
  if (!state.playlist.items.has(itemId)) {
    return new JamzError('not-found', 'That track is not in the playlist any more.');
  }
  return record(state, itemId, 0, nowMs + startLeadMs, true);
}

export function next(state: GroupState, nowMs: number): Record | JamzError {
  return step(state, nowMs, 'next');
}

export function previous(state: GroupState, nowMs: number): Record | JamzError {
  const { itemId, positionMs, playing } = soundingAt(state.playback, state.playlist, nowMs);
  if (itemId !== null && positionMs > restartAfterMs) {
    return record(state, itemId, 0, playing ? nowMs + startLeadMs : nowMs, playing);
  }
  return step(state, nowMs, 'previous');
}

function step(state: GroupState, nowMs: number, way: 'next' | 'previous'): Record | JamzError {
  const { itemId, playing } = soundingAt(state.playback, state.playlist, nowMs);
  const target =
    itemId === null ? firstItem(state) : neighbours(state.playback, state.playlist, itemId)[way];
  if (target === null) {
    return itemId === null
      ? nothingToPlay()
      : new JamzError(
          'not-found',
          way === 'next' ? 'That was the last track.' : 'That is the first track.',
        );
  }
  return record(state, target, 0, playing ? nowMs + startLeadMs : nowMs, playing);
}

function record(
  state: GroupState,
  itemId: ItemId | null,
  positionMs: number,
  atServerMs: number,
  playing: boolean,
): Record {
  return {
    itemId,
    positionMs: Math.round(positionMs),
    atServerMs: Math.round(atServerMs),
    playing,
    rate: state.playback.record.rate,
  };
}

function firstItem(state: GroupState): ItemId | null {
  return state.playlist.order.first()?.[1].itemId ?? null;
}
