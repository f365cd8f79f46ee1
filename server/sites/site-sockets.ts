import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timers } from '../ports/timers.ts';

/** How many sockets each site has open, in all processes together as far as they hear each other. */
export interface SiteSockets {
  /** Here and elsewhere, as of a second ago. */
  count(siteId: string): number;
  /** @returns to be called once it is closed */
  open(siteId: string): () => void;
  close(): void;
}

export interface SiteSocketsDeps {
  readonly bus: Pick<Bus, 'publish' | 'subscribe'>;
  readonly clock: Clock;
  readonly timers: Pick<Timers, 'every'>;
  /** This process, as the others call it. */
  readonly processId: string;
}

/** What another process said last. */
interface Other {
  readonly atMs: number;
  readonly counts: ReadonlyMap<string, number>;
}

const tellEveryMs = 1_000;
/** Told again though nothing changed, for whoever began since. */
const againAfterTicks = 5;
/** Who has said nothing for so long is gone, and its sockets with it. */
const silentMs = 20_000;

export function createSiteSockets({ bus, clock, timers, processId }: SiteSocketsDeps): SiteSockets {
  const own = new Map<string, number>();
  const others = new Map<string, Other>();
  let hasChanged = false;
  let ticks = 0;

  const tell = (): void => {
    hasChanged = false;
    ticks = 0;
    bus.publish({ kind: 'site-sockets', processId, counts: [...own] });
  };
  const unsubscribe = bus.subscribe((message, origin) => {
    if (message.kind !== 'site-sockets' || origin === 'here') return;
    others.set(message.processId, { atMs: clock.nowMs(), counts: new Map(message.counts) });
  });
  const end = timers.every(tellEveryMs, () => {
    ticks += 1;
    const isDue = ticks >= againAfterTicks && own.size > 0;
    if (hasChanged || isDue) tell();
    for (const [other, { atMs }] of others) {
      if (clock.nowMs() - atMs > silentMs) others.delete(other);
    }
  });

  const add = (siteId: string, change: number): void => {
    const left = (own.get(siteId) ?? 0) + change;
    if (left > 0) own.set(siteId, left);
    else own.delete(siteId);
    hasChanged = true;
  };

  return {
    count(siteId) {
      let sum = own.get(siteId) ?? 0;
      for (const { counts } of others.values()) sum += counts.get(siteId) ?? 0;
      return sum;
    },
    open(siteId) {
      add(siteId, 1);
      let isOpen = true;
      return () => {
        if (isOpen) add(siteId, -1);
        isOpen = false;
      };
    },
    close() {
      end();
      unsubscribe();
      own.clear();
      tell();
    },
  };
}
