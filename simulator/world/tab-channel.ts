import type { TabMessage, TabPort } from '../../sdk/sync/tabs.ts';
import type { Lifetime } from './lifetime.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Port {
  readonly lifetime: Lifetime;
  readonly listeners: Set<(message: TabMessage) => void>;
}

/** How long a message takes from tab to tab: always the same, so that they keep their order, as a browser's do. */
const tripMs = 0.4;

/** What the tabs of one browser hear of each other. A page that is stopped hears it all when it goes on. */
export class TabChannel {
  readonly #time: VirtualTime;
  readonly #ports = new Set<Port>();

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  join(lifetime: Lifetime): TabPort {
    const own: Port = { lifetime, listeners: new Set() };
    this.#ports.add(own);
    return {
      post: (message) => {
        if (lifetime.alive) this.#tell(own, message);
      },
      listen(listener) {
        own.listeners.add(listener);
        return () => own.listeners.delete(listener);
      },
      close: () => void this.#ports.delete(own),
    };
  }

  #tell(from: Port, message: TabMessage): void {
    for (const port of this.#ports) {
      if (!port.lifetime.alive) this.#ports.delete(port);
      else if (port !== from && port.listeners.size > 0) {
        this.#time.after(tripMs, () =>
          port.lifetime.enter(() => {
            for (const listener of [...port.listeners]) listener(message);
          }),
        );
      }
    }
  }
}
