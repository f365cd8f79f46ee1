/** Time that passes only when nothing is left to do at the present instant. */
export interface VirtualTime {
  /** Ms since the world began. */
  readonly nowMs: number;
  /** Events run so far. */
  readonly eventCount: number;
  /** Events of one instant run in the order in which they were asked for. */
  after(delayMs: number, run: () => void): void;
  /** As `after`, for something that happens only while its owner lives, and as the owner lets it. */
  plan(delayMs: number, run: () => void, owner: Owner): Planned;
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

/** Something that is to happen. */
export interface Planned {
  /** Taken away to cancel it. */
  run: (() => void) | undefined;
  /** Its time has come. */
  isDue: boolean;
}

/** Whose event it is. */
export interface Owner {
  readonly alive: boolean;
  due(event: Planned): void;
}

interface Event extends Planned {
  readonly atMs: number;
  readonly order: number;
  readonly owner: Owner | undefined;
}

/** Above the order of everything that did not ask to be last. */
const lastOrder = 2 ** 52;

/** @param onThrow told of what an event throws; the run goes on */
export function createVirtualTime(onThrow: (error: unknown) => void): VirtualTime {
  const queue = new EventQueue();
  const eachSettled = settling();
  let nowMs = 0;
  let order = 0;
  let eventCount = 0;

  /** The next event up to a time, taken off the queue. */
  const take = (untilMs: number): Event | undefined => {
    for (let event = queue.first; event && event.atMs <= untilMs; event = queue.first) {
      queue.shift();
      if (event.run && event.owner?.alive !== false) return event;
    }
    return undefined;
  };

  const happen = (event: Event): void => {
    nowMs = event.atMs;
    eventCount += 1;
    event.isDue = true;
    try {
      if (event.owner) event.owner.due(event);
      else event.run?.();
    } catch (error) {
      onThrow(error);
    }
  };

  const add = (delayMs: number, run: () => void, owner: Owner | undefined): Event => {
    const atMs = delayMs > 0 ? nowMs + delayMs : nowMs;
    const event: Event = { atMs, order: ++order, run, owner, isDue: false };
    queue.push(event);
    return event;
  };

  return {
    get nowMs() {
      return nowMs;
    },
    get eventCount() {
      return eventCount;
    },
    after: (delayMs, run) => void add(delayMs, run, undefined),
    plan: add,
    last(untilMs, run) {
      const atMs = Math.max(nowMs, untilMs);
      queue.push({ atMs, order: lastOrder + ++order, run, owner: undefined, isDue: false });
    },
    run: (untilMs, ended) =>
      new Promise((resolve) => {
        eachSettled(() => {
          const event = ended() ? undefined : take(untilMs);
          if (event) {
            happen(event);
            return true;
          }
          if (!ended()) nowMs = Math.max(nowMs, untilMs);
          resolve();
          return false;
        });
      }),
    step: () =>
      new Promise((resolve) => {
        let happened: boolean | undefined;
        eachSettled(() => {
          if (happened !== undefined) {
            resolve(happened);
            return false;
          }
          const event = take(Number.POSITIVE_INFINITY);
          if (event) happen(event);
          happened = event !== undefined;
          return true;
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

/**
 * @returns does something again and again, for as long as that returns true: each time when every promise that can
 * settle has settled. One thing at a time.
 */
function settling(): (next: () => boolean) => void {
  const drain: unknown = Reflect.get(globalThis.process ?? {}, '_tickCallback');
  if (typeof drain === 'function') {
    // Node's own way to empty its queues of microtasks and ticks, from where none of them is under way. It is no part
    // of what Node documents; the way below does the same, through the event loop.
    return (next) => {
      setImmediate(() => {
        while (next()) drain();
      });
    };
  }
  const channel = new MessageChannel();
  return (next) => {
    channel.port1.onmessage = () => {
      if (next()) channel.port2.postMessage(null);
    };
    channel.port2.postMessage(null);
  };
}
