import type { MediaCommands, MediaSessionCard, MediaTrack } from './media-session.ts';

/** The track on the system's own controls; the code for it is loaded with this device's first sound. */
export class SystemCard {
  readonly #commands: MediaCommands;
  #card: MediaSessionCard | undefined;
  #latest: MediaTrack | undefined;
  #loading = false;

  constructor(commands: MediaCommands) {
    this.#commands = commands;
  }

  show(track: MediaTrack): void {
    this.#latest = track;
    if (this.#card) this.#card.show(track);
    else if (!this.#loading) void this.#load();
  }

  clear(): void {
    this.#latest = undefined;
    this.#card?.clear();
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      const { MediaSessionCard } = await import('./media-session.ts');
      this.#card = new MediaSessionCard(navigator.mediaSession, this.#commands);
      if (this.#latest) this.#card.show(this.#latest);
    } catch {
      // No network for the code: the music goes on without a card, the next track tries again.
      this.#loading = false;
    }
  }
}
