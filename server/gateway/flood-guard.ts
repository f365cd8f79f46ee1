import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** What one socket may say at once, and per second. A replica that drains 10,000 ops stays below both. */
const burst = 300;
const perSecond = 100;
/** So many ops of a push count as one event more. */
export const opsPerEvent = 50;

/**
 * Counts what a socket says (token bucket).
 *
 * @returns call it with what is said, 1 for an event; throws `rate-limited` with how long to wait, and then it counts
 *   for nothing
 */
export function createFloodGuard(clock: Clock): (weight: number) => void {
  let allowance = burst;
  let atMs = clock.nowMs();
  return (weight) => {
    const nowMs = clock.nowMs();
    allowance = Math.min(burst, allowance + ((nowMs - atMs) / 1_000) * perSecond);
    atMs = nowMs;
    if (allowance < weight) {
      const retryAfterMs = Math.ceil(((weight - allowance) / perSecond) * 1_000);
      throw new JamzError('rate-limited', 'Too many messages at once: slow down', { retryAfterMs });
    }
    allowance -= weight;
  };
}
