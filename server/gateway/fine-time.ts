/**
 * The wall clock with fractions: system clocks are read in whole ms, always rounded down, which would make each
 * loudspeaker's estimate of them as wrong as its link's luck. The machine's monotonic clock gives what is between, held
 * within the ms that the wall clock shows, so that a wall clock that is set or slewed is followed at once.
 */
export function createFineTime(
  clock: { nowMs(): number },
  monotonicMs: () => number,
): () => number {
  let offsetMs = Number.NEGATIVE_INFINITY;
  return () => {
    const beforeMs = monotonicMs();
    const wallMs = clock.nowMs();
    const afterMs = monotonicMs();
    // Every reading is rounded down, so the greatest difference is the truest.
    offsetMs = Math.min(Math.max(offsetMs, wallMs - afterMs), wallMs + 1 - beforeMs);
    return afterMs + offsetMs;
  };
}
