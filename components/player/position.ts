import type { NowPlaying } from '../../sdk/index.ts';

/** Where the group is in the track at a server time, ms from its start; never beyond its length. */
export function positionAt(now: NowPlaying, serverMs: number): number {
  const moved = now.playing ? Math.max(0, serverMs - now.atServerMs) * now.rate : 0;
  const position = Math.max(0, now.positionMs + moved);
  return now.durationMs === null ? position : Math.min(position, now.durationMs);
}

/** Whether the track has been heard to its end and nothing follows by itself. */
export function hasEnded(now: NowPlaying, serverMs: number): boolean {
  if (!now.item || now.durationMs === null || now.durationMs === 0) return false;
  return positionAt(now, serverMs) >= now.durationMs;
}

/** A position as a share of the track, 0 … 1; 0 while its length is unknown. */
export function shareOf(positionMs: number, durationMs: number | null): number {
  if (durationMs === null || durationMs <= 0) return 0;
  return Math.min(1, Math.max(0, positionMs / durationMs));
}
