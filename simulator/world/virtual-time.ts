/** Time that passes only when nothing is left to do at the present instant. */
export interface VirtualTime {
  /** Ms since the world began. */
  readonly nowMs: number;
  /** Events run so far. */
  readonly eventCount: number;
  /** Events of one instant run in the order in which they were asked for. @returns cancels it */
  after(delayMs: number, run: () => void): () => void;
  /** Runs something behind everything else of its instant, whenever it was asked for. */
  last(atMs: number, run: () => void): void;
  /**
   * Runs what is due up to `untilMs`, event by event; between two, everything that the first set off has settled.
   *
   * @param ended asked after each event; true stops the run there
   */
  run(untilMs: number, ended: () => boolean): Promise<void>;
  /** Runs the next event, whenever it is due. @returns false where there is none */
  step(): Promise<boolean>;
}

interface Event {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** Above the order of everything that did not ask to be last. */
const lastOrder = 2 ** 52;

/** @param onThrow told of what an event throws; the run goes on */
export function createVirtualTime(onThrow: (error: unknown) => void): VirtualTime {
  const queue = new EventQueue();
  const whenSettled = settling();
  let nowMs = 0;
  let order = 0;
  let eventCount = 0;

  /** The next event up to a time, taken off the queue. */
  const take = (untilMs: number): Event | undefined => {
    for (let event = queue.first; event && event.atMs <= untilMs; event = queue.first) {
      queue.shift();
      if (event.run) return event;
    }
    return undefined;
  };

  const happen = (event: Event): void => {
    nowMs = event.atMs;
    eventCount += 1;
    try {
      event.run?.();
    } catch (error) {
      onThrow(error);
    }
  };

  return {
    get nowMs() {
      return nowMs;
    },
    get eventCount() {
      return eventCount;
    },
    after(delayMs, run) {
      order += 1;
      const event: Event = { atMs: delayMs > 0 ? nowMs + delayMs : nowMs, order, run };
      queue.push(event);
      return () => {
        event.run = undefined;
      };
    },
    last(atMs, run) {
      order += 1;
      queue.push({ atMs: Math.max(nowMs, atMs), order: lastOrder + order, run });
    },
    run: (untilMs, ended) =>
      new Promise((resolve) => {
        const next = (): void => {
          const event = ended() ? undefined : take(untilMs);
          if (event) {
            happen(event);
            whenSettled(next);
            return;
          }
          if (!ended()) nowMs = Math.max(nowMs, untilMs);
          resolve();
        };
        whenSettled(next);
      }),
    step: () =>
      new Promise((resolve) => {
        whenSettled(() => {
          const event = take(Number.POSITIVE_INFINITY);
          if (event) happen(event);
          whenSettled(() => resolve(event !== undefined));
        });
      }),
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

const done: Promise<void> = Promise.resolve();

/** @returns runs something once every promise that can settle now has; one thing at a time */
function settling(): (run: () => void) => void {
  let waiting: (() => void) | undefined;
  const go = (): void => {
    const run = waiting;
    waiting = undefined;
    run?.();
  };
  const asked = ((): (() => void) => {
    // Node begins its next tick when the queue of microtasks is empty, and does not go through the event loop for it.
    if (typeof process === 'object' && typeof process.nextTick === 'function') {
      return () => process.nextTick(go);
    }
    const channel = new MessageChannel();
    channel.port1.onmessage = go;
    return () => channel.port2.postMessage(null);
  })();
  return (run) => {
    waiting = run;
    // A tick asked for by an event of Node’s own comes before what that event has set off: it is asked for by a microtask.
    void done.then(asked);
  };
}
