import type { NowPlaying } from '../api.ts';
import type { AudioPlatform } from './audio-platform.ts';
import type { ListenSource } from './listen-source.ts';
import type { EngineKind, ListenerState } from './listener.ts';
import type { OutputClock } from './output-clock.ts';

/** Makes one loudspeaker follow. Two of them exist: decoded buffers, and a media element. */
export interface SoundEngine {
  readonly kind: EngineKind;
  /** What should sound from now on; also what to have ready while nothing does. Repeating it changes nothing. */
  follow(nowPlaying: NowPlaying): void;
  /** Silent at once; a later {@link follow} starts anew. */
  rest(): void;
  dispose(): void;
}

/** Where an engine stands and what it tells. */
export interface Stage {
  readonly source: ListenSource;
  readonly platform: AudioPlatform;
  readonly context: AudioContext;
  readonly clock: OutputClock;
  /** Volume, mute and pan lie behind it. */
  readonly output: AudioNode;
  /** For sound that may not pass through the context (another site's file): this device's volume, 0 when muted. */
  readonly gain: () => number;
  showState(state: ListenerState): void;
  /** How far ahead of the group this loudspeaker is, ms; null while unknown. */
  showDrift(driftMs: number | null): void;
  showBuffered(ranges: readonly (readonly [from: number, to: number])[]): void;
  /** This engine cannot play that sound: the other one shall. */
  unsuitable(soundKey: string): void;
}

export type CreateEngine = (stage: Stage) => SoundEngine;
