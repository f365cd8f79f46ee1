import type { Figure } from './figures.ts';

/** What each figure is held to: a ratio to the floor of the same run, or a value of its own. */
export const aims: Readonly<Record<string, NonNullable<Figure['goal']>>> = {
  'fan-out p95, ms': { kind: 'ratio', atMost: 1.1 },
  'fan-out server CPU, ms': { kind: 'ratio', atMost: 1 },
  'drain 10000 enqueue, ms': { kind: 'value', atMost: 100 },
  'drain 10000 drain, ms': { kind: 'ratio', atMost: 0.25 },
  'merge 2 × 2000 merge, ms': { kind: 'ratio', atMost: 0.2 },
  'merge 2 × 2000 items lost': { kind: 'value', atMost: 0 },
  'merge 2 × 2000 orders that differ': { kind: 'value', atMost: 0 },
  'join 10000 warm, ms': { kind: 'ratio', atMost: 1 },
  'join 10000 warm, bytes': { kind: 'ratio', atMost: 0.5 },
  'join 10000 from disk, ms': { kind: 'value', atMost: 100 },
  'bad link, 100 offline ops in step, ms': { kind: 'value', atMost: 2_000 },
  'in Chromium tap, handler and render p99, ms': { kind: 'value', atMost: 4 },
  // The frame after the next would begin behind 33 ms.
  'in Chromium tap to painted p99, ms': { kind: 'value', atMost: 33 },
  'in Chromium outbox write p95, ms': { kind: 'value', atMost: 10 },
  'in Chromium cached read p95, ms': { kind: 'value', atMost: 5 },
  'in Chromium SYNCED again with 100 ops, ms': { kind: 'value', atMost: 250 },
  'in Chromium SYNCED again with 100 ops, 300 ms and 2 % loss, ms': {
    kind: 'value',
    atMost: 2_000,
  },
  'elements player rendered anew p95, ms': { kind: 'value', atMost: 1 },
  // One frame of a screen, and what its clock is off by.
  'elements list of 10000 scrolled at a quarter of the CPU, frame p95, ms': {
    kind: 'value',
    atMost: 17,
  },
  'elements first player on a blank page, ms': { kind: 'value', atMost: 300 },
  'elements layout shift by elements that upgrade': { kind: 'value', atMost: 0 },
};
