import type { Live } from '../streams/live.ts';
import type { SoundDevice } from './sound-device.ts';

export type ListenerState =
  /** Nothing is to sound. */
  | { readonly kind: 'idle' }
  /** The browser wants a tap first: call `start()` from one. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'buffering' }
  | { readonly kind: 'playing' }
  /** The track's sound cannot be had or not be decoded; `message` says what to do. */
  | { readonly kind: 'failed'; readonly message: string };

/** `buffer`: decoded ahead and scheduled to the sample. `element`: a media element, which streams. */
export type EngineKind = 'buffer' | 'element';

/** The audible player of one device in one group: makes its loudspeaker follow the group's playback. */
export interface Listener {
  readonly state$: Live<ListenerState>;
  /** Estimated distance of this device's sound from where the group is, ms; null while unknown. */
  readonly driftMs$: Live<number | null>;
  /** Which of the two ways to make sound is in use, or would be. */
  readonly engine: EngineKind;
  /**
   * `auto`, the default, takes the precise buffer engine where it can and the element engine for the rest. An engine that
   * is named is used for every track that it can play; the other one takes the others.
   */
  preferredEngine: 'auto' | EngineKind;
  /** 0 … 1, this device only; kept across reloads. */
  volume: number;
  muted: boolean;
  /** −1 left … 1 right, this device only. */
  pan: number;
  /**
   * How much later this device is heard than the browser says, ms: what Bluetooth, an amplifier or a television adds. Its
   * sound comes so much earlier. −500 … 2,000; kept for each output that the browser tells apart, on this device only.
   *
   * @example listener.latencyMs += 10; // it was heard after the others
   */
  latencyMs: number;
  /** Keeps the screen on while this device sounds; kept across reloads. Stays false where the browser cannot. */
  keepAwake: boolean;
  /** What of the current track is here, as fractions of its length: `[[0, 0.4]]`. */
  readonly buffered$: Live<readonly (readonly [from: number, to: number])[]>;
  /** Must be called from a person's gesture where the browser asks for one. */
  start(): Promise<void>;
  stop(): void;
  /**
   * This device's loudspeaker in detail: which it is, how late it is heard, chirps at agreed times.
   *
   * @returns undefined: it was stopped, or its code could not be fetched
   */
  device(): Promise<SoundDevice | undefined>;
}
