import type { Bus, BusMessage } from '../../server/ports/bus.ts';
import type { Lifetime } from './lifetime.ts';
import type { Random } from './random.ts';

/** What joins the server's processes: at most once, a little late, and sometimes not at all. */
export class BusExchange {
  readonly #processes = new Set<{ readonly lifetime: Lifetime; take(message: BusMessage): void }>();
  readonly #random: Random;
  /** Share of messages that another process never gets. */
  lossShare = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** One process's end of it: its own listeners hear at once. */
  join(lifetime: Lifetime, onBug: (error: unknown) => void): Bus {
    const listeners = new Set<(message: BusMessage) => void>();
    const take = (message: BusMessage): void => {
      for (const listener of listeners) {
        try {
          listener(message);
        } catch (error) {
          onBug(error);
        }
      }
    };
    const process = { lifetime, take };
    this.#processes.add(process);
    return {
      publish: (message) => {
        if (!lifetime.alive) return;
        take(message);
        for (const other of this.#processes) {
          if (!other.lifetime.alive) this.#processes.delete(other);
          else if (other !== process && !this.#random.chance(this.lossShare)) {
            other.lifetime.after(this.#random.between(0.3, 4), () => other.take(message));
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
}
