import type { PlaylistItem } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { createDeck, type Deck } from './deck.ts';
import { soundKey } from './listen-source.ts';
import type { Stage } from './sound-engine.ts';
import { diagnose } from './sound-failure.ts';

/** Puts tracks on decks, and finds out what is wrong with those that break. */
export interface DeckLoader {
  /** The key of the track whose address is being asked for. */
  readonly opening: string | undefined;
  /** Undefined: it is being opened already, or could not be; then one of the events has said why. */
  load(item: PlaylistItem): Promise<Deck | undefined>;
  /** A track sounds: what failed before is over. */
  worked(): void;
  stop(): void;
}

export interface DeckEvents {
  /** @returns whether it was in use */
  broke(deck: Deck): boolean;
  /** No other try can mend it. */
  failed(message: string): void;
  retryIn(delayMs: number): void;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

export function createDeckLoader(stage: Stage, events: DeckEvents): DeckLoader {
  const { source, platform } = stage;
  const unroutedKeys = new Set<string>();
  let opening: string | undefined;
  let failures = 0;

  function retryLater(): void {
    events.retryIn(Math.min(longestRetryMs, firstRetryMs * 2 ** failures));
    failures += 1;
  }

  async function onError(broken: Deck): Promise<void> {
    const found = await diagnose(broken.url, broken.item, platform);
    if (!events.broke(broken)) return;
    broken.dispose();
    if (found.kind === 'final') events.failed(found.message);
    else if (found.kind === 'unreadable' && broken.hold) {
      unroutedKeys.add(broken.soundKey);
      events.retryIn(0);
    } else retryLater();
  }

  return {
    get opening() {
      return opening;
    },
    async load(item) {
      const key = soundKey(item);
      if (opening === key) return undefined;
      opening = key;
      try {
        const url = await source.trackUrl(item.itemId);
        if (opening !== key) return undefined;
        const loaded = createDeck(stage, item, url, !unroutedKeys.has(key));
        loaded.element.addEventListener('error', () => void onError(loaded));
        return loaded;
      } catch (error) {
        const isFinal = error instanceof JamzError && error.code !== 'unavailable';
        if (isFinal) events.failed(error.message);
        else retryLater();
        return undefined;
      } finally {
        if (opening === key) opening = undefined;
      }
    },
    worked() {
      failures = 0;
    },
    stop() {
      opening = undefined;
    },
  };
}
