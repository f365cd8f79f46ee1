import type { Group, NowPlaying } from 'trafficjamz';

/**
 * What is usually done, for comparison: the whole track decoded, and started once at `currentTime − outputLatency` by
 * the group's clock. It is given everything else: the same clock, the same record, the same file, the same buffers.
 */
export function usualStart(group: Group): void {
  const context = new AudioContext({ latencyHint: 'playback' });
  let playing: AudioBufferSourceNode | undefined;
  let shown: NowPlaying | undefined;

  async function follow(now: NowPlaying): Promise<void> {
    if (now.item?.itemId === shown?.item?.itemId && now.atServerMs === shown?.atServerMs) return;
    shown = now;
    if (!now.item || !now.playing) return;
    const response = await fetch(await group.trackUrl(now.item.itemId));
    const buffer = await context.decodeAudioData(await response.arrayBuffer());
    if (shown !== now) return;
    playing?.stop();
    playing = context.createBufferSource();
    playing.buffer = buffer;
    playing.connect(context.destination);
    const startServerMs = Math.max(group.jamz.serverNow() + 200, now.atServerMs);
    const positionMs = now.positionMs + (startServerMs - now.atServerMs) * now.rate;
    const heardSeconds = context.currentTime - context.outputLatency;
    const when = heardSeconds + (startServerMs - group.jamz.serverNow()) / 1000;
    playing.start(Math.max(0, when), positionMs / 1000);
  }
  group.nowPlaying$.subscribe((now) => void follow(now));
}
