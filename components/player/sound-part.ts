import type { CSSResult } from 'lit';
import type { Group, ListenerState, NowPlaying } from '../../sdk/index.ts';
import type { MediaCommands, MediaSessionCard, MediaTrack } from './media-session.ts';

type WithSound = typeof import('./with-sound.ts');

/** What comes with this device's first sound: the volume, and the track on the system's own controls. */
export class SoundPart {
  readonly #element: EventTarget;
  readonly #commands: MediaCommands;
  readonly #ready: (styles: readonly CSSResult[]) => void;
  #code: WithSound | undefined;
  #card: MediaSessionCard | undefined;
  #latest: MediaTrack | undefined;
  #passOver: InstanceType<WithSound['PassOver']> | undefined;
  #loading = false;

  /** @param ready gives the element the style sheets that came with the code, and renders it */
  constructor(
    element: EventTarget,
    commands: MediaCommands,
    ready: (styles: readonly CSSResult[]) => void,
  ) {
    this.#element = element;
    this.#commands = commands;
    this.#ready = ready;
  }

  /** The code of it; undefined until it is there. */
  get code(): WithSound | undefined {
    return this.#code;
  }

  /** Loads it, unless it is there: called as soon as this device listens. */
  load(): void {
    if (!this.#loading) void this.#load();
  }

  show(track: MediaTrack): void {
    this.#latest = track;
    this.#card?.show(track);
  }

  /** Looks whether the track was taken down, to go on to the next. */
  look(group: Group, now: NowPlaying, state: ListenerState | undefined): void {
    this.#passOver?.look(group, now, state);
  }

  clear(): void {
    this.#passOver?.stop();
    this.#latest = undefined;
    this.#card?.clear();
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      this.#code = await import('./with-sound.ts');
      this.#ready(this.#code.styles);
      this.#passOver = new this.#code.PassOver(this.#element);
      this.#card = new this.#code.MediaSessionCard(navigator.mediaSession, this.#commands);
      if (this.#latest) this.#card.show(this.#latest);
    } catch {
      // No network for the code: the music goes on without it, the next render tries again.
      this.#loading = false;
    }
  }
}
