import type { NowPlaying } from '../../sdk/index.ts';
import type { Listening } from './listening.ts';
import { positionAt } from './position.ts';
import type { SeekState } from './seek-bar.ts';

/** Apart by less than this, a listener hears no difference and the bar shows none. */
const apartMs = 250;

/** Where this device's sound is, and where the group is when that is somewhere else. */
export class DevicePosition {
  readonly #listening: Listening;
  #heldMs = 0;

  constructor(listening: Listening) {
    this.#listening = listening;
  }

  /** @param serverMs the server's time now */
  at(now: NowPlaying, serverMs: number): SeekState {
    const groupMs = positionAt(now, serverMs);
    const positionMs = now.playing ? this.#soundingMs(groupMs) : groupMs;
    const apart = Math.abs(positionMs - groupMs) > apartMs;
    return { durationMs: now.durationMs, positionMs, ghostMs: apart ? groupMs : null };
  }

  /** Held while it buffers, moved by its drift while it catches up. */
  #soundingMs(groupMs: number): number {
    const state = this.#listening.state?.kind;
    if (state === 'buffering' && this.#heldMs > 0) return this.#heldMs;
    this.#heldMs = groupMs;
    if (state !== 'playing') return groupMs;
    return Math.max(0, groupMs + (this.#listening.driftMs ?? 0));
  }
}
