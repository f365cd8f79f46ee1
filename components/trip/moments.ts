import type { Trip } from '../../sdk/index.ts';
import type { Span } from './span.ts';
import { lastNotAfter } from './whereabouts.ts';

/** Something that happened on the way, to jump to. */
export type Moment =
  | {
      readonly kind: 'song';
      readonly atMs: number;
      readonly untilMs: number;
      readonly title: string;
      readonly artist: string | null;
    }
  | {
      readonly kind: 'message';
      readonly atMs: number;
      readonly userId: string;
      readonly text: string;
    }
  | {
      readonly kind: 'like';
      readonly atMs: number;
      readonly userId: string;
      readonly title: string;
    };

const ranks: Readonly<Record<Moment['kind'], number>> = { song: 0, like: 1, message: 2 };

/** Songs, likes and messages in one order of time; what lies outside of the span is left out or cut. */
export function momentsOf(trip: Trip, { fromMs, untilMs }: Span): readonly Moment[] {
  const inside = ({ atMs }: { readonly atMs: number }): boolean =>
    atMs >= fromMs && atMs <= untilMs;
  const songs = trip.songs
    .filter((song) => song.untilMs > fromMs && song.fromMs < untilMs)
    .map(
      (song): Moment => ({
        kind: 'song',
        atMs: Math.max(fromMs, song.fromMs),
        untilMs: Math.min(untilMs, song.untilMs),
        title: song.title,
        artist: song.artist,
      }),
    );
  const likes = trip.likes.filter(inside).map((like): Moment => ({ kind: 'like', ...like }));
  const messages = trip.messages
    .filter(inside)
    .map((message): Moment => ({ kind: 'message', ...message }));
  return [...songs, ...likes, ...messages].sort(
    (a, b) => a.atMs - b.atMs || ranks[a.kind] - ranks[b.kind],
  );
}

export type Song = Extract<Moment, { readonly kind: 'song' }>;

export function songsIn(moments: readonly Moment[]): readonly Song[] {
  return moments.filter((moment) => moment.kind === 'song');
}

/** What was heard then; undefined in the silence between two songs. */
export function songAt(songs: readonly Song[], atMs: number): Song | undefined {
  const song = songs[lastNotAfter(songs, atMs)];
  return song && atMs <= song.untilMs ? song : undefined;
}

/** What stands beside each one's marker then: the latest thing they wrote or liked, for `showMs`. */
export function sayingsAt(
  moments: readonly Moment[],
  atMs: number,
  showMs: number,
): ReadonlyMap<string, Moment> {
  const said = new Map<string, Moment>();
  for (let index = lastNotAfter(moments, atMs); index >= 0; index--) {
    const moment = moments[index];
    if (!moment || moment.atMs < atMs - showMs) break;
    if (moment.kind !== 'song' && !said.has(moment.userId)) said.set(moment.userId, moment);
  }
  return said;
}
