import { walk } from '../../sdk/merge/sounding.ts';
import type { GroupState, Play } from '../../sdk/merge/states.ts';
import { isUpload } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { TripSong } from '../../sdk/protocol/trip.ts';

/** What was heard so briefly was passed over. */
const leastHeardMs = 1_000;

/**
 * What a group heard in a span, cut to it: the plays that its log wrote down, and by arithmetic what played on after
 * the last of them. A play that was paused in between is told as one, up to its end.
 *
 * @param state as the group was at the end of the span, or later, as far as the last 200 plays reach
 */
export function songsIn(state: GroupState, fromMs: number, untilMs: number): readonly TripSong[] {
  let lastMs = fromMs;
  return [...state.plays, ...playsSince(state, untilMs)].flatMap((play) => {
    const { itemId, title, startedAtMs, endedAtMs } = play;
    // Who begins a track in its middle did not hear it while the one before still sounded.
    const [from, until] = [Math.max(lastMs, startedAtMs), Math.min(untilMs, endedAtMs)];
    if (until - from < leastHeardMs) return [];
    lastMs = until;
    const item = state.playlist.items.get(itemId);
    const fileId = item?.fileId;
    return [
      {
        ...{ fromMs: Math.round(from), untilMs: Math.round(until) },
        ...{ title: item?.title ?? title, artist: item?.artist ?? null },
        fileId: fileId === undefined || isUpload(fileId) ? null : fileId,
      },
    ];
  });
}

/** Whether the state may have forgotten plays of after that time. */
export function forgetsPlaysSince({ plays }: Pick<GroupState, 'plays'>, fromMs: number): boolean {
  const [oldest] = plays;
  return plays.length >= limits.recentPlays && oldest !== undefined && oldest.startedAtMs > fromMs;
}

type Heard = Pick<Play, 'itemId' | 'title' | 'startedAtMs' | 'endedAtMs'>;

/** What no command has written down yet: tracks change by themselves, and the last may be at rest. */
function playsSince({ playback, playlist }: GroupState, untilMs: number): readonly Heard[] {
  const { passed, sounding } = walk(playback, playlist, untilMs);
  const last = sounding.itemId === null ? [] : [{ ...sounding, itemId: sounding.itemId }];
  const ended = last.map(({ itemId, startedAtMs, playing }) => {
    return { itemId, startedAtMs, endedAtMs: playing ? untilMs : playback.record.atServerMs };
  });
  return [...passed, ...ended].map((play) => {
    return { ...play, title: playlist.items.get(play.itemId)?.title ?? '' };
  });
}
