import type { NowPlaying, PlaylistEntry, PlaylistItem } from '../../sdk/index.ts';
import { tell } from '../shared/events.ts';
import type { PlayerWords } from './words.ts';

/** Notices what changed between two emissions of what is playing, tells the page, and says it aloud. */
export class TrackFacts {
  readonly #element: EventTarget;
  #before: NowPlaying | undefined;
  #changedTo: PlaylistItem | null = null;
  #entries: readonly PlaylistEntry[] = [];
  #entry: PlaylistEntry | undefined;

  constructor(element: EventTarget) {
    this.#element = element;
  }

  hear(now: NowPlaying): void {
    const before = this.#before;
    this.#before = now;
    if (!before) return;
    const { item, playing, positionMs } = now;
    if (before.item?.itemId !== item?.itemId) {
      this.#changedTo = item;
      tell(this.#element, 'jamz-track-change', {
        itemId: item?.itemId ?? null,
        title: item?.title ?? null,
      });
    }
    if (item && before.playing !== playing) {
      tell(this.#element, playing ? 'jamz-play' : 'jamz-pause', {
        itemId: item.itemId,
        positionMs,
      });
    }
  }

  /** Said politely when the track changes; nothing for the one that was there at the start. */
  announcement(words: PlayerWords): string {
    const track = this.#changedTo;
    return track ? words.nowPlaying(track.title, track.artist) : '';
  }

  /** The playlist's entry of a track, with its likes; searched once per emission. */
  entryOf(entries: readonly PlaylistEntry[], item: PlaylistItem | null): PlaylistEntry | undefined {
    if (entries !== this.#entries || this.#entry?.itemId !== item?.itemId) {
      this.#entries = entries;
      this.#entry = entries.find((entry) => entry.itemId === item?.itemId);
    }
    return this.#entry;
  }
}
