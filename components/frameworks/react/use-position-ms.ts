import { useEffect, useState } from 'react';
import type { Group, NowPlaying } from '../../../sdk/index.ts';
import { useGroup } from './group-provider.ts';
import { useNowPlaying } from './group-streams.ts';

/**
 * Where the group is in the track, ms from its start, rendered again every `everyMs` while it plays. 0 without a track.
 *
 * @param options `everyMs`: default 250; `group`: in place of the nearest provider's
 * @example
 * const positionMs = usePositionMs({ everyMs: 1000 });
 */
export function usePositionMs(options: { everyMs?: number; group?: Group } = {}): number {
  const { everyMs = 250, group } = options;
  const around = useGroup();
  const chosen = group ?? around;
  const now = useNowPlaying(chosen);
  const [, tick] = useState(0);

  useEffect(() => {
    if (!now?.playing) return;
    const timer = setInterval(() => tick((ticks) => ticks + 1), everyMs);
    return () => clearInterval(timer);
  }, [now, everyMs]);

  return now && chosen ? positionAt(now, chosen.jamz.serverNow()) : 0;
}

function positionAt(now: NowPlaying, serverNowMs: number): number {
  if (!now.item) return 0;
  const passedMs = now.playing ? (serverNowMs - now.atServerMs) * now.rate : 0;
  return Math.min(Math.max(0, now.positionMs + passedMs), now.durationMs ?? Number.MAX_VALUE);
}
