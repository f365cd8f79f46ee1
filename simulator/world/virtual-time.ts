/** How much follows from an event: `light` ones are given a few turns of the microtask queue, the others all they take. */
export type Weight = 'light' | 'full';

/** Time that passes only when nothing is left to do at the present instant. */
export interface VirtualTime {
  /** Ms since the world began. */
  readonly nowMs: number;
  /** Events run so far. */
  readonly eventCount: number;
  /** Events of one instant run in the order in which they were asked for. @returns cancels it */
  after(delayMs: number, run: () => void, weight?: Weight): () => void;
  /**
   * Runs what is due up to `untilMs`, event by event; between two, everything that the first set off has settled.
   *
   * @param ended asked after each event; true stops the run there
   */
  run(untilMs: number, ended: () => boolean): Promise<void>;
}

interface Event {
  readonly atMs: number;
  readonly order: number;
  readonly weight: Weight;
  run: (() => void) | undefined;
}

/** Turns of the microtask queue that a light event gets: an answer to a probe needs five. */
const lightTurns = 8;

/** @param onThrow told of what an event throws; the run goes on */
export function createVirtualTime(onThrow: (error: unknown) => void): VirtualTime {
  const queue = new EventQueue();
  let nowMs = 0;
  let order = 0;
  let eventCount = 0;

  return {
    get nowMs() {
      return nowMs;
    },
    get eventCount() {
      return eventCount;
    },
    after(delayMs, run, weight = 'full') {
      order += 1;
      const event: Event = { atMs: nowMs + Math.max(0, delayMs), order, weight, run };
      queue.push(event);
      return () => {
        event.run = undefined;
      };
    },
    async run(untilMs, ended) {
      await macrotask();
      for (let event = queue.first; event && event.atMs <= untilMs; event = queue.first) {
        queue.shift();
        if (!event.run) continue;
        nowMs = event.atMs;
        eventCount += 1;
        try {
          event.run();
        } catch (error) {
          onThrow(error);
        }
        if (event.weight === 'full') await macrotask();
        else for (let turn = 0; turn < lightTurns; turn++) await undefined;
        if (ended()) return;
      }
      nowMs = Math.max(nowMs, untilMs);
    },
  };
}

/** A binary heap by time, then order. */
class EventQueue {
  readonly #events: Event[] = [];

  get first(): Event | undefined {
    return this.#events[0];
  }

  push(event: Event): void {
    const events = this.#events;
    let at = events.length;
    events.push(event);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = events[above];
      if (!parent || isBefore(parent, event)) break;
      events[at] = parent;
      at = above;
    }
    events[at] = event;
  }

  shift(): void {
    const events = this.#events;
    const last = events.pop();
    if (!last || events.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = events[below];
      if (!child) break;
      const other = events[below + 1];
      if (other && isBefore(other, child)) {
        below += 1;
        child = other;
      }
      if (isBefore(last, child)) break;
      events[at] = child;
      at = below;
    }
    events[at] = last;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

/** Resolves once every promise that can settle now has. */
const macrotask: () => Promise<void> = (() => {
  if (typeof setImmediate === 'function') {
    return () => new Promise<void>((resolve) => setImmediate(resolve));
  }
  const channel = new MessageChannel();
  let waiting: (() => void) | undefined;
  channel.port1.onmessage = () => waiting?.();
  return () =>
    new Promise<void>((resolve) => {
      waiting = resolve;
      channel.port2.postMessage(null);
    });
})();
