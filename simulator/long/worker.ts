import { parentPort } from 'node:worker_threads';
import { simulate } from '../simulate.ts';
import { lostWorld, type Tally, tallyOf } from './tally.ts';

/** One world to be run. */
export interface Order {
  readonly place: number;
  readonly seed: string;
  readonly hours: number;
  readonly phones: number;
}

export interface Delivery {
  readonly place: number;
  readonly tally: Tally;
}

// Most errors here are faults that were meant: their stacks cost more than they tell.
Error.stackTraceLimit = 0;

parentPort?.on('message', ({ place, ...options }: Order) => {
  const { seed, hours } = options;
  const deliver = (tally: Tally): void =>
    parentPort?.postMessage({ place, tally } satisfies Delivery);
  simulate(options).then(
    (done) => deliver(tallyOf(done)),
    (error: unknown) => deliver(lostWorld(seed, hours, String(error))),
  );
});
