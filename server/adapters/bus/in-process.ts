import type { Bus, BusHealth } from '../../ports/bus.ts';
import { createListeners } from './listeners.ts';

const health: BusHealth = {
  isWhole: true,
  others: 0,
  sent: 0,
  received: 0,
  dropped: 0,
  gaps: 0,
  roundTripMs: 0,
};

/** The bus of a server that is one process: there is nobody else, so nothing is ever missed. */
export function createInProcessBus(onListenerError: (error: unknown) => void): Bus {
  const listeners = createListeners(onListenerError);
  return {
    publish: (message) => listeners.tell(message, 'here'),
    subscribe: listeners.add,
    health: () => health,
    async close() {
      listeners.clear();
    },
  };
}
