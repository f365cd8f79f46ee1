import type { PlaylistItem } from '../merge/states.ts';
import { ElementPlace } from './element-place.ts';
import { createHold, type Hold } from './hold.ts';
import { soundKey } from './listen-source.ts';
import type { Stage } from './sound-engine.ts';

/** One media element with one track in it, silent until it is told to be heard. */
export interface Deck {
  readonly item: PlaylistItem;
  readonly soundKey: string;
  readonly element: HTMLAudioElement;
  readonly url: string;
  /**
   * What holds its sound back. Undefined: the file's site allows no other page to read it, so it sounds past the context,
   * can be steered by its speed alone, and has no pan.
   */
  readonly hold: Hold | undefined;
  /** Reads where it stands, for {@link aheadMs}. */
  read(): void;
  /** The readings so far tell nothing any more: it was sought, or it stalled. */
  forget(): void;
  /** How far ahead of `targetMs` it would be heard now if nothing held it back, ms; undefined until it is known. */
  aheadMs(targetMs: number, heardSeconds: number): number | undefined;
  /** The context time since which what {@link aheadMs} says has held; infinite while it says nothing. */
  readonly placedSeconds: number;
  /** What of the track is here, as fractions of its length; empty while that is unknown. */
  buffered(): readonly (readonly [from: number, to: number])[];
  /** @param atSeconds of the context; what is past is now */
  hear(on: boolean, atSeconds?: number): void;
  /** Looks at this device's volume anew, where no node does it. */
  refreshVolume(): void;
  dispose(): void;
}

const fadeSeconds = 0.01;

/** Begins to load a track. */
export function createDeck(
  { platform, context, output, gain }: Stage,
  item: PlaylistItem,
  url: string,
  isRouted: boolean,
): Deck {
  const element = platform.createElement();
  const envelope = context.createGain();
  const place = new ElementPlace();
  const hold = isRouted ? createHold(context) : undefined;
  let isHeard = false;
  envelope.gain.value = 0;
  element.preload = 'auto';
  element.preservesPitch = true;
  if (hold) {
    element.crossOrigin = 'anonymous';
    context.createMediaElementSource(element).connect(hold.node).connect(envelope).connect(output);
  } else {
    element.volume = 0;
  }
  element.src = url;

  const deck: Deck = {
    item,
    soundKey: soundKey(item),
    element,
    url,
    hold,
    read: () => place.add(element.currentTime, context.currentTime, element.playbackRate),
    forget: () => place.clear(),
    aheadMs(targetMs, heardSeconds) {
      const { offsetMs } = place;
      if (offsetMs === undefined) return undefined;
      // What sounds past the context is not held up by it.
      const seconds = hold ? heardSeconds : context.currentTime;
      return offsetMs + seconds * element.playbackRate * 1000 - targetMs;
    },
    get placedSeconds() {
      return place.sinceSeconds;
    },
    buffered() {
      const { buffered, duration } = element;
      if (!Number.isFinite(duration) || duration <= 0) return [];
      return Array.from(
        { length: buffered.length },
        (_, index) => [buffered.start(index) / duration, buffered.end(index) / duration] as const,
      );
    },
    hear(on, atSeconds = 0) {
      if (on === isHeard) return;
      isHeard = on;
      envelope.gain.cancelScheduledValues(0);
      const at = Math.max(atSeconds, context.currentTime);
      envelope.gain.setTargetAtTime(on ? 1 : 0, at, fadeSeconds / 3);
      deck.refreshVolume();
    },
    refreshVolume() {
      if (hold) return;
      element.volume = isHeard ? gain() : 0;
      // What sounds past the context does not go where the context goes by itself.
      const { sinkId } = context as { readonly sinkId?: unknown };
      if (typeof sinkId !== 'string' || element.sinkId === sinkId) return;
      element.setSinkId?.(sinkId).catch(() => undefined);
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
