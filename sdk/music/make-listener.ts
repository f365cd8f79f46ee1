import type { Group } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import type { KeyValue } from '../store/key-value.ts';
import { browserAudioPlatform } from './audio-platform.ts';
import { createListener } from './create-listener.ts';
import type { Listener } from './listener.ts';

/**
 * The listener of one group on this page's own audio.
 *
 * @param context opened by a tap before this code was there
 */
export function makeListener(
  group: Group,
  storage: { readonly preferences: KeyValue; readonly tracks: KeyValue },
  onStop: () => void,
  context: AudioContext | undefined,
): Listener {
  const { jamz } = group;
  const platform = browserAudioPlatform();
  claimPlayback();
  return createListener(
    {
      nowPlaying$: group.nowPlaying$,
      serverNow: () => jamz.serverNow(),
      isClockKnown: () => jamz.status$.value.clockOffsetMs !== null,
      trackUrl: (itemId) => group.trackUrl(itemId),
      learnDuration(itemId, durationMs) {
        if (group.can('listen')) group.amendTrack(itemId, { durationMs });
      },
      upcoming: () => upcomingOf(group),
      preferences: storage.preferences,
      trackCache: storage.tracks,
    },
    { ...platform, createContext: () => context ?? platform.createContext() },
    onStop,
  );
}

/** Ten minutes of music and more, for a tunnel. */
const keptAhead = 4;

/** In the list's order; of a shuffled one only the next track is known here. */
function upcomingOf({ nowPlaying$, playlist$ }: Group): readonly PlaylistItem[] {
  const { item, shuffle, repeat } = nowPlaying$.value;
  if (!item || shuffle || savesData()) return [];
  const entries = playlist$.value;
  const next = entries.findIndex(({ itemId }) => itemId === item.itemId) + 1;
  const later = entries.slice(next, next + keptAhead);
  return repeat === 'all' ? [...later, ...entries.slice(0, keptAhead - later.length)] : later;
}

/** Where the browser says so. */
function savesData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

/** iOS silences a page's sound by the ring switch, unless the page says that it is for music (W3C Audio Session). */
function claimPlayback(): void {
  const { audioSession } = navigator as { readonly audioSession?: { type: string } };
  if (audioSession?.type === 'auto') audioSession.type = 'playback';
}
