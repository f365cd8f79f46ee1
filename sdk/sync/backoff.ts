const firstMs = 1_000;
const longestMs = 30_000;

/**
 * How long to wait before trying again: full jitter over `min(1 s · 2ⁿ, 30 s)` (Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015), and never less than what the server asked for.
 *
 * @param failures how many attempts in a row have failed, 1 after the first
 */
export function backoffMs(
  failures: number,
  random: () => number,
  retryAfterMs = 0,
  mostMs: number = longestMs,
): number {
  const ceilingMs = Math.min(firstMs * 2 ** Math.max(0, failures - 1), mostMs);
  return Math.max(retryAfterMs, Math.round(random() * ceilingMs));
}

/** Failures in a row that open the circuit breaker. */
export const breakerThreshold = 5;

/** The longest interval between half-open probes. */
export const probeIntervalMs: number = longestMs;

/** A link that held this long was a good one: the next failure starts from the beginning. */
export const stableUptimeMs = 10_000;

/** Answers about one op before it is set aside. */
export const maxAttempts = 5;

/** The longest between two questions for what another device may need a day to bring back. */
export const longestPutOffMs = 300_000;
