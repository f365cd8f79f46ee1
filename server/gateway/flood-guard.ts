import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** What one socket may say at once, and per second. A busy replica stays far below both. */
const burst = 300;
const perSecond = 100;

/**
 * Counts what a socket says (token bucket).
 *
 * @returns call it for each event; throws `rate-limited` with how long to wait, and then the event counts for nothing
 */
export function createFloodGuard(clock: Clock): () => void {
  let allowance = burst;
  let atMs = clock.nowMs();
  return () => {
    const nowMs = clock.nowMs();
    allowance = Math.min(burst, allowance + ((nowMs - atMs) / 1_000) * perSecond);
    atMs = nowMs;
    if (allowance < 1) {
      const retryAfterMs = Math.ceil(((1 - allowance) / perSecond) * 1_000);
      throw new JamzError('rate-limited', 'Too many messages at once: slow down', { retryAfterMs });
    }
    allowance -= 1;
  };
}
