import type { DeviceWord, Fix } from '../protocol/wire.ts';

/**
 * What a position is worth now.
 *
 * - `live`: current
 * - `stale`: nothing was heard for a while; told with its age
 * - `last-seen`: nothing was heard for so long that only place and time are worth telling
 * - `paused`: the device said that its screen is locked, or that another app is in front: it goes on when its person
 *   looks again
 * - `over`: sharing has ended by itself, and nothing is shown
 */
export type PositionSignal = 'live' | 'stale' | 'last-seen' | 'paused' | 'over';

/** Who is still gives a sign of life every 20 s; who says nothing for this long is not live, whatever the reason. */
export const staleAfterMs = 28_000;
export const lostAfterMs = 600_000;

/** Says what a position is worth at a moment of the server's clock. It changes with time alone: ask again. */
export function positionSignal(
  { fix, pausedAtMs, untilMs }: DeviceWord & { readonly fix: Fix },
  nowMs: number,
): PositionSignal {
  if (untilMs !== undefined && untilMs <= nowMs) return 'over';
  const ageMs = nowMs - fix.atMs;
  if (ageMs >= lostAfterMs) return 'last-seen';
  if (pausedAtMs !== undefined) return 'paused';
  return ageMs >= staleAfterMs ? 'stale' : 'live';
}

/**
 * When the first of these signals becomes another, if nothing is heard until then; undefined where none will.
 *
 * @param nowMs the server's time
 */
export function nextSignalMs(
  positions: readonly (DeviceWord & { readonly fix: Fix })[],
  nowMs: number,
): number | undefined {
  const times = positions.flatMap(({ fix, untilMs }) => [
    fix.atMs + staleAfterMs,
    fix.atMs + lostAfterMs,
    untilMs ?? 0,
  ]);
  const next = Math.min(...times.filter((atMs) => atMs > nowMs));
  return Number.isFinite(next) ? next : undefined;
}
