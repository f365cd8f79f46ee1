import type { CSSResult } from 'lit';
import type { MediaCommands } from './media-session.ts';

type WithSound = typeof import('./with-sound.ts');

/** What comes with this device's first sound: the volume, and the track on the system's own controls. */
export class SoundPart {
  readonly #element: EventTarget;
  readonly #commands: MediaCommands;
  readonly #ready: (styles: readonly CSSResult[]) => void;
  #isLoading = false;
  /** The code of it; undefined until it is there. */
  code: WithSound | undefined;
  /** What follows the track; undefined until its code is there. */
  followers: InstanceType<WithSound['SoundFollowers']> | undefined;

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

  /** Loads it, unless it is there: called as soon as this device listens. */
  load(): void {
    if (!this.#isLoading) void this.#load();
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      const code = await import('./with-sound.ts');
      this.code = code;
      this.followers = new code.SoundFollowers(this.#element, this.#commands);
      this.#ready(code.styles);
    } catch {
      // No network for the code: the music goes on without it, the next render tries again.
      this.#isLoading = false;
    }
  }
}
