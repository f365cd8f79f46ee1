import type { Group, ListenerState, NowPlaying } from '../../sdk/index.ts';
import { type MediaCommands, MediaSessionCard, type MediaTrack } from './media-session.ts';
import { PassOver } from './pass-over.ts';

/** What follows the track while this device sounds. */
export class SoundFollowers {
  readonly #card: MediaSessionCard;
  readonly #passOver: PassOver;

  constructor(element: EventTarget, commands: MediaCommands) {
    this.#card = new MediaSessionCard(navigator.mediaSession, commands);
    this.#passOver = new PassOver(element);
  }

  /** Shows the track on the system's own controls. */
  show(track: MediaTrack): void {
    this.#card.show(track);
  }

  /** Looks whether the track was taken down, to go on to the next. */
  look(group: Group, now: NowPlaying, state: ListenerState | undefined): void {
    this.#passOver.look(group, now, state);
  }

  clear(): void {
    this.#passOver.stop();
    this.#card.clear();
  }
}
