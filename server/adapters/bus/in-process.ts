import type { Bus, BusMessage } from '../../ports/bus.ts';

/** The bus of a server that is one process: listeners are called in the order they came, before `publish` returns. */
export function createInProcessBus(onListenerError: (error: unknown) => void): Bus {
  const listeners = new Set<(message: BusMessage) => void>();
  return {
    publish(message) {
      for (const listener of listeners) {
        // One listener's bug must not keep the message from the others, nor fail the publisher's op.
        try {
          listener(message);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
    },
  };
}
