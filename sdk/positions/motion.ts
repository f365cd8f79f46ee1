import type { Fix } from '../protocol/wire.ts';

/** How a device moves; it is asked for its place no oftener than that needs. */
export type Motion = 'still' | 'walking' | 'driving';

/** How a device is asked. */
export interface Pace {
  /** 0: it tells by itself, about once a second, with its receiver on all the time. */
  readonly everyMs: number;
  readonly highAccuracy: boolean;
}

/**
 * What each costs in the worst case, by the hour: driving keeps the receiver on; walking turns it on for some 3 s of
 * every 6; standing still for 3 s of every 15, so that who sets off is seen to within as much.
 */
export const paces: Readonly<Record<Motion, Pace>> = {
  driving: { everyMs: 0, highAccuracy: true },
  walking: { everyMs: 6_000, highAccuracy: true },
  still: { everyMs: 15_000, highAccuracy: true },
};

const drivingMps = 3.5;
const standingMps = 0.6;
/** A red light is no parking. */
const restsMs = 90_000;
/** As long a walk in between is one in a traffic jam. */
const walksMs = 30_000;

export interface MotionState {
  readonly motion: Motion;
  readonly movedAtMs: number;
  readonly droveAtMs: number;
}

/** Nobody knows yet: the receiver stays on until it is known. */
export function firstMotion(nowMs: number): MotionState {
  return { motion: 'driving', movedAtMs: nowMs, droveAtMs: nowMs };
}

/** Faster is believed at once, slower only after a while. */
export function motionAfter(state: MotionState, { speedMps = 0, atMs }: Fix): MotionState {
  const droveAtMs = speedMps >= drivingMps ? atMs : state.droveAtMs;
  const movedAtMs = speedMps >= standingMps ? atMs : state.movedAtMs;
  const isDriving = atMs - droveAtMs < (movedAtMs === atMs ? walksMs : restsMs);
  const motion = isDriving ? 'driving' : atMs - movedAtMs < restsMs ? 'walking' : 'still';
  return { motion, movedAtMs, droveAtMs };
}
