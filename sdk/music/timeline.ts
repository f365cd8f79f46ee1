import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';

/** A track in motion: at the server's time `atServerMs` it stands at `positionMs` and moves on at `rate`. */
export interface Timeline {
  readonly item: PlaylistItem;
  readonly positionMs: number;
  readonly atServerMs: number;
  readonly rate: number;
}

/** What should sound, or undefined while nothing should. */
export function timelineOf({ item, playing, ...point }: NowPlaying): Timeline | undefined {
  if (!item || !playing) return undefined;
  const { positionMs, atServerMs, rate } = point;
  return { item, positionMs, atServerMs, rate };
}

/** What follows by itself when the track ends; undefined where nothing does or its end is not known. */
export function followingOf(nowPlaying: NowPlaying): Timeline | undefined {
  const { item, nextItem, repeat, rate } = nowPlaying;
  const next = repeat === 'one' ? item : nextItem;
  const atServerMs = endsAtMs(nowPlaying);
  if (!next || atServerMs === undefined) return undefined;
  return { item: next, positionMs: 0, atServerMs, rate };
}

/** The server's time at which the track ends. */
export function endsAtMs(nowPlaying: NowPlaying): number | undefined {
  const { playing, durationMs, positionMs, atServerMs, rate } = nowPlaying;
  if (!playing || !durationMs) return undefined;
  return atServerMs + Math.max(0, durationMs - positionMs) / rate;
}

/** Where the track stands at a time; before it is due it waits at its first position. */
export function positionAt({ positionMs, atServerMs, rate }: Timeline, serverMs: number): number {
  return positionMs + Math.max(0, serverMs - atServerMs) * rate;
}

/** As {@link positionAt}, but before it is due the line goes on backwards: where it is in relation to its start. */
export function lineAt({ positionMs, atServerMs, rate }: Timeline, serverMs: number): number {
  return positionMs + (serverMs - atServerMs) * rate;
}

/** Whether both say the same of every moment: then nothing has to change. */
export function isSameMotion(one: Timeline | undefined, other: Timeline | undefined): boolean {
  if (!one || !other) return one === other;
  return (
    one.item.itemId === other.item.itemId &&
    one.rate === other.rate &&
    Math.abs(originOf(one) - originOf(other)) < 1
  );
}

/** The server's time at which the track stood at its beginning. */
function originOf({ positionMs, atServerMs, rate }: Timeline): number {
  return atServerMs - positionMs / rate;
}
