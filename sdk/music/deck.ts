import type { PlaylistItem } from '../merge/states.ts';
import { soundKey } from './listen-source.ts';
import type { Stage } from './sound-engine.ts';

/** One media element with one track in it, silent until it is told to be heard. */
export interface Deck {
  readonly item: PlaylistItem;
  readonly soundKey: string;
  readonly element: HTMLAudioElement;
  readonly url: string;
  /** False: the file's site allows no other page to read it, so it sounds past the context: no pan. */
  readonly isRouted: boolean;
  /** Where the track stands as it is heard, ms. */
  heardMs(): number;
  /** What of the track is here, as fractions of its length; empty while that is unknown. */
  buffered(): readonly (readonly [from: number, to: number])[];
  hear(on: boolean): void;
  /** Looks at this device's volume anew, where no node does it. */
  refreshVolume(): void;
  dispose(): void;
}

const fadeSeconds = 0.01;

/** Begins to load a track. */
export function createDeck(
  { platform, context, clock, output, gain }: Stage,
  item: PlaylistItem,
  url: string,
  isRouted: boolean,
): Deck {
  const element = platform.createElement();
  const envelope = context.createGain();
  let isHeard = false;
  envelope.gain.value = 0;
  element.preload = 'auto';
  element.preservesPitch = true;
  if (isRouted) {
    element.crossOrigin = 'anonymous';
    context.createMediaElementSource(element).connect(envelope).connect(output);
  } else {
    element.volume = 0;
  }
  element.src = url;

  const deck: Deck = {
    item,
    soundKey: soundKey(item),
    element,
    url,
    isRouted,
    heardMs: () => element.currentTime * 1000 - (isRouted ? (clock.latencyMs ?? 0) : 0),
    buffered() {
      const { buffered, duration } = element;
      if (!Number.isFinite(duration) || duration <= 0) return [];
      return Array.from(
        { length: buffered.length },
        (_, index) => [buffered.start(index) / duration, buffered.end(index) / duration] as const,
      );
    },
    hear(on) {
      if (on === isHeard) return;
      isHeard = on;
      envelope.gain.setTargetAtTime(on ? 1 : 0, context.currentTime, fadeSeconds / 3);
      deck.refreshVolume();
    },
    refreshVolume() {
      if (!isRouted) element.volume = isHeard ? gain() : 0;
    },
    dispose() {
      element.pause();
      element.removeAttribute('src');
      element.load();
      envelope.disconnect();
    },
  };
  return deck;
}
