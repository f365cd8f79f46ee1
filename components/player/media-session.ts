import type { PlaylistItem } from '../../sdk/index.ts';

/** What the system's own controls, as a lock screen or headphones, may ask for. */
export interface MediaCommands {
  readonly play: () => void;
  readonly pause: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly seek: (positionMs: number) => void;
}

export interface MediaTrack {
  readonly item: PlaylistItem;
  readonly artworkUrl: string | null;
  readonly playing: boolean;
  readonly positionMs: number;
  readonly durationMs: number | null;
}

const actions = ['play', 'pause', 'nexttrack', 'previoustrack', 'seekto'] as const;

/** Shows the track on the system's own controls. One page has one media session: the last to show wins. */
export class MediaSessionCard {
  readonly #session: MediaSession | undefined;
  readonly #commands: MediaCommands;
  #shown = '';
  #claimed = false;

  constructor(session: MediaSession | undefined, commands: MediaCommands) {
    this.#session = session;
    this.#commands = commands;
  }

  show(track: MediaTrack): void {
    const session = this.#session;
    if (!session) return;
    this.#claim(session);
    const { item, artworkUrl, playing, positionMs, durationMs } = track;
    const now = `${item.itemId} ${artworkUrl}`;
    if (now !== this.#shown) {
      this.#shown = now;
      session.metadata = new MediaMetadata({
        title: item.title,
        artist: item.artist ?? '',
        artwork: artworkUrl ? [{ src: artworkUrl }] : [],
      });
    }
    session.playbackState = playing ? 'playing' : 'paused';
    if (durationMs === null || durationMs <= 0) return;
    session.setPositionState({
      duration: durationMs / 1000,
      position: Math.min(positionMs, durationMs) / 1000,
    });
  }

  clear(): void {
    if (!this.#session || !this.#claimed) return;
    this.#claimed = false;
    this.#shown = '';
    this.#session.metadata = null;
    this.#session.playbackState = 'none';
    for (const action of actions) this.#session.setActionHandler(action, null);
  }

  #claim(session: MediaSession): void {
    if (this.#claimed) return;
    this.#claimed = true;
    const { play, pause, next, previous, seek } = this.#commands;
    session.setActionHandler('play', play);
    session.setActionHandler('pause', pause);
    session.setActionHandler('nexttrack', next);
    session.setActionHandler('previoustrack', previous);
    session.setActionHandler('seekto', ({ seekTime }) => {
      if (seekTime !== undefined) seek(seekTime * 1000);
    });
  }
}
