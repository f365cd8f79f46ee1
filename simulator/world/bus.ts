import type { Bus, BusHealth, BusListener, BusMessage } from '../../server/ports/bus.ts';
import type { Lifetime } from './lifetime.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What joins the server's processes: at most once, a little late, and sometimes not at all. */
export class BusExchange {
  readonly #processes = new Set<Process>();
  readonly #time: VirtualTime;
  readonly #random: Random;
  /** Share of commits that another process is never told of: what is lost without one is noticed by nobody. */
  lossShare = 0;

  constructor(time: VirtualTime, random: Random) {
    this.#time = time;
    this.#random = random;
  }

  /** One process's end of it: its own listeners hear at once. */
  join(lifetime: Lifetime, onBug: (error: unknown) => void): Bus {
    const listeners = new Set<BusListener>();
    const take: BusListener = (message, origin) => {
      for (const listener of listeners) {
        try {
          listener(message, origin);
        } catch (error) {
          onBug(error);
        }
      }
    };
    const process: Process = { lifetime, take, lastArrivalMs: 0 };
    this.#processes.add(process);
    return {
      publish: (message) => {
        if (!lifetime.alive) return;
        take(message, 'here');
        for (const other of this.#processes) {
          if (!other.lifetime.alive) this.#processes.delete(other);
          else if (
            other !== process &&
            !(message.kind === 'commits' && this.#random.chance(this.lossShare))
          ) {
            this.#carry(message, other);
          }
        }
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      // It never says what it lost: without a word of it, too, the heads must be enough.
      health: () => silentHealth,
      async close() {
        listeners.clear();
      },
    };
  }

  /** In the order in which they were sent. */
  #carry(message: BusMessage, to: Process): void {
    const { nowMs } = this.#time;
    to.lastArrivalMs = Math.max(to.lastArrivalMs, nowMs + this.#random.between(0.3, 4));
    to.lifetime.after(to.lastArrivalMs - nowMs, () => to.take(message, 'elsewhere'));
  }
}

const silentHealth: BusHealth = {
  isWhole: true,
  others: 1,
  sent: 0,
  received: 0,
  dropped: 0,
  gaps: 0,
  roundTripMs: 0,
};

interface Process {
  readonly lifetime: Lifetime;
  readonly take: BusListener;
  lastArrivalMs: number;
}
