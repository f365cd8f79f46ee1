import type { Simulated } from '../simulate.ts';

/** What one or many worlds came to. Plain data. */
export interface Tally {
  readonly worlds: number;
  /** Simulated, without the rest at the end of each world. */
  readonly hours: number;
  /** Ops made by people, wherever they ended. */
  readonly deeds: number;
  /** Ops in all logs. */
  readonly ops: number;
  readonly setAside: number;
  readonly events: number;
  readonly taps: number;
  /** By kind. */
  readonly faults: Readonly<Record<string, number>>;
  readonly failed: readonly FailedWorld[];
}

export interface FailedWorld {
  readonly seed: string;
  readonly hours: number;
  /** Which promise was broken, or what went wrong with the run itself. */
  readonly invariant: string;
  readonly message: string;
  readonly atMs: number;
}

export const nothing: Tally = {
  ...{ worlds: 0, hours: 0, deeds: 0, ops: 0, setAside: 0, events: 0, taps: 0 },
  ...{ faults: {}, failed: [] },
};

export function tallyOf(done: Simulated): Tally {
  const { seed, hours, deeds, ops, setAside, events, taps, steps, violation } = done;
  const faults: Record<string, number> = {};
  for (const { kind } of steps) if (kind !== 'tap') faults[kind] = (faults[kind] ?? 0) + 1;
  return {
    ...{ worlds: 1, hours, deeds, ops, setAside, events, taps, faults },
    failed: violation ? [{ seed, hours, ...violation }] : [],
  };
}

/** A world that gave no result at all: the run of it threw, or did not end. */
export function lostWorld(seed: string, hours: number, message: string): Tally {
  return {
    ...nothing,
    worlds: 1,
    failed: [{ seed, hours, invariant: 'no result', message, atMs: 0 }],
  };
}

export function sum(one: Tally, other: Tally): Tally {
  const faults = { ...one.faults };
  for (const [kind, count] of Object.entries(other.faults)) {
    faults[kind] = (faults[kind] ?? 0) + count;
  }
  return {
    worlds: one.worlds + other.worlds,
    hours: one.hours + other.hours,
    deeds: one.deeds + other.deeds,
    ops: one.ops + other.ops,
    setAside: one.setAside + other.setAside,
    events: one.events + other.events,
    taps: one.taps + other.taps,
    faults,
    failed: [...one.failed, ...other.failed],
  };
}

export function faultCount({ faults }: Tally): number {
  return Object.values(faults).reduce((total, count) => total + count, 0);
}
