import type { Trip, TripTraveller } from '../../sdk/index.ts';
import { type Moment, momentsOf, type Song, songAt, songsIn } from './moments.ts';
import { advanced, newHead, type PlayHead, setOff, soughtTo } from './play-head.ts';
import { livelySpan, type Span } from './span.ts';
import { lastNotAfter, type Whereabouts, whereWas } from './whereabouts.ts';

/** Somebody and where they were at the moment that is shown; null: not on the map then. */
export interface Seen {
  readonly traveller: TripTraveller;
  readonly where: Whereabouts | null;
}

/** One trip and how far its showing has come. */
export class Replay {
  readonly trip: Trip;
  readonly span: Span;
  readonly moments: readonly Moment[];
  readonly songs: readonly Song[];
  #head: PlayHead;

  /** @param span of the trip, what of it is shown */
  constructor(trip: Trip, span: Span) {
    this.trip = trip;
    this.span = span;
    this.moments = momentsOf(trip, span);
    this.songs = songsIn(this.moments);
    this.#head = newHead(span);
  }

  get head(): PlayHead {
    return this.#head;
  }

  get song(): Song | undefined {
    return songAt(this.songs, this.#head.atMs);
  }

  /** Index of the moment that was last; -1 before the first. */
  get momentIndex(): number {
    return lastNotAfter(this.moments, this.#head.atMs);
  }

  /** How long a word stands beside its writer, in trip time. */
  get sayingMs(): number {
    return Math.max(8_000, 5_000 * this.#head.speed);
  }

  everybody(): readonly Seen[] {
    const { trip } = this;
    return trip.travellers.map((traveller) => ({
      traveller,
      where: whereWas(traveller.points, this.#head.atMs, trip) ?? null,
    }));
  }

  /** @returns whether it came to its end by this */
  advance(elapsedMs: number): boolean {
    const before = this.#head;
    this.#head = advanced(before, elapsedMs, this.span);
    return before.playing && !this.#head.playing;
  }

  play(): void {
    this.#head = setOff(this.#head, this.span);
  }

  pause(): void {
    this.#head = { ...this.#head, playing: false };
  }

  seek(atMs: number): void {
    this.#head = soughtTo(this.#head, atMs, this.span);
  }

  playAt(speed: number): void {
    this.#head = { ...this.#head, speed };
  }

  /** The moment after this one, or before it. */
  neighbour(step: 1 | -1): Moment | undefined {
    const { atMs } = this.#head;
    return step > 0
      ? this.moments.find((moment) => moment.atMs > atMs)
      : this.moments.findLast((moment) => moment.atMs < atMs);
  }
}

/** Undefined for a trip in which nothing is to be seen or read. */
export function replayOf(trip: Trip): Replay | undefined {
  const span = livelySpan(trip);
  return span && new Replay(trip, span);
}
