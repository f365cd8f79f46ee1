import type { Clock } from '../../ports/clock.ts';

/** The machine's own clock, held so that it never runs backwards while the process lives. */
export function createSystemClock(): Clock {
  let lastMs = 0;
  return {
    nowMs() {
      lastMs = Math.max(lastMs, Date.now());
      return lastMs;
    },
  };
}
