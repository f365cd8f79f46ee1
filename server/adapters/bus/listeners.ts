import type { BusListener } from '../../ports/bus.ts';

/** Those who listen in this process. */
export interface Listeners {
  readonly tell: BusListener;
  /** @returns ends the subscription */
  add(listener: BusListener): () => void;
  clear(): void;
}

/** Called in the order they came. @param onError told of one that threw; the others hear the message all the same */
export function createListeners(onError: (error: unknown) => void): Listeners {
  const listeners = new Set<BusListener>();
  return {
    tell(message, origin) {
      for (const listener of listeners) {
        // One listener's bug must not keep the message from the others, nor fail the publisher's op.
        try {
          listener(message, origin);
        } catch (error) {
          onError(error);
        }
      }
    },
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => listeners.clear(),
  };
}
