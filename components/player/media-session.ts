import type { PlaylistItem } from '../../sdk/index.ts';
import { inTime } from '../shared/timers.ts';

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

/** What of the browser's media session is used. */
export type SystemControls = Pick<
  MediaSession,
  'metadata' | 'playbackState' | 'setActionHandler' | 'setPositionState'
>;

/** Shows the track on the system's own controls. One page has one media session: the last to show wins. */
export class MediaSessionCard {
  readonly #session: SystemControls | undefined;
  readonly #commands: MediaCommands;
  readonly #later: typeof inTime;
  #shown = '';
  #claimed = false;
  #track: MediaTrack | undefined;
  #forget: (() => void) | undefined;

  constructor(
    session: SystemControls | undefined,
    commands: MediaCommands,
    later: typeof inTime = inTime,
  ) {
    this.#session = session;
    this.#commands = commands;
    this.#later = later;
  }

  /** Shown behind the turn that renders, once for all that it is told: each call crosses to another process. */
  show(track: MediaTrack): void {
    this.#track = track;
    this.#forget ??= this.#later(0, () => this.#write());
  }

  #write(): void {
    this.#forget = undefined;
    const session = this.#session;
    const track = this.#track;
    if (!session || !track) return;
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
    const state = playing ? 'playing' : 'paused';
    if (session.playbackState !== state) session.playbackState = state;
    if (durationMs === null || durationMs <= 0) return;
    session.setPositionState({
      duration: durationMs / 1000,
      position: Math.min(positionMs, durationMs) / 1000,
    });
  }

  clear(): void {
    this.#forget?.();
    this.#forget = undefined;
    if (!this.#session || !this.#claimed) return;
    this.#claimed = false;
    this.#shown = '';
    this.#session.metadata = null;
    this.#session.playbackState = 'none';
    for (const action of actions) this.#session.setActionHandler(action, null);
  }

  #claim(session: SystemControls): void {
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
