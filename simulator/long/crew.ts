import { Worker } from 'node:worker_threads';
import { lostWorld, type Tally } from './tally.ts';
import type { Delivery, Order } from './worker.ts';

export interface CrewOptions {
  readonly workers: number;
  /** The order of a place; undefined when nothing is left to be done. */
  readonly orderAt: (place: number) => Order | undefined;
  /** The first place. */
  readonly from: number;
  /** Told of each world in the order of the places, however they end. */
  readonly done: (place: number, tally: Tally) => void;
  /** A world that takes longer is given up; default ten minutes. */
  readonly worldTimeoutMs?: number;
}

/** After so many worlds a thread is replaced, so that nothing can pile up in it. */
const worldsPerThread = 400;

/** Runs worlds on several threads at once. A thread that dies or hangs costs its world, and is replaced. */
export async function runCrew(options: CrewOptions): Promise<void> {
  const { workers, orderAt, done, worldTimeoutMs = 600_000 } = options;
  const waiting = new Map<number, Tally>();
  let nextPlace = options.from;
  let nextDone = options.from;

  const deliver = (place: number, tally: Tally): void => {
    waiting.set(place, tally);
    for (let ready = waiting.get(nextDone); ready; ready = waiting.get(nextDone)) {
      waiting.delete(nextDone);
      done(nextDone, ready);
      nextDone += 1;
    }
  };

  const hand = async (): Promise<void> => {
    let thread: Thread | undefined;
    for (let order = orderAt(nextPlace); order; order = orderAt(nextPlace)) {
      nextPlace += 1;
      thread ??= openThread();
      const tally = await thread.run(order, worldTimeoutMs);
      deliver(order.place, tally);
      if (thread.isOver() || thread.worlds >= worldsPerThread) {
        await thread.close();
        thread = undefined;
      }
    }
    await thread?.close();
  };

  await Promise.all(Array.from({ length: workers }, hand));
}

interface Thread {
  readonly worlds: number;
  run(order: Order, timeoutMs: number): Promise<Tally>;
  isOver(): boolean;
  close(): Promise<void>;
}

function openThread(): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 1_024 },
  });
  let over: string | undefined;
  let worlds = 0;
  let settle: ((tally: Tally | string) => void) | undefined;
  const lost = (message: string): void => {
    over ??= message;
    settle?.(over);
  };
  worker.on('message', ({ tally }: Delivery) => settle?.(tally));
  worker.on('error', (error) => lost(String(error)));
  worker.on('exit', (code) => lost(`Its thread ended with ${code}.`));
  return {
    get worlds() {
      return worlds;
    },
    isOver: () => over !== undefined,
    async run(order, timeoutMs) {
      worlds += 1;
      const outcome = await new Promise<Tally | string>((resolve) => {
        const timer = setTimeout(() => lost('It did not end.'), timeoutMs);
        settle = (tally) => {
          clearTimeout(timer);
          resolve(tally);
        };
        if (over === undefined) worker.postMessage(order);
        else settle(over);
      });
      return typeof outcome === 'string' ? lostWorld(order.seed, order.hours, outcome) : outcome;
    },
    async close() {
      await worker.terminate();
    },
  };
}
