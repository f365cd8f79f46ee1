import type { Group } from '../api.ts';
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
  return createListener(
    {
      nowPlaying$: group.nowPlaying$,
      serverNow: () => jamz.serverNow(),
      isClockKnown: () => jamz.status$.value.clockOffsetMs !== null,
      trackUrl: (itemId) => group.trackUrl(itemId),
      learnDuration(itemId, durationMs) {
        if (group.can('listen')) group.amendTrack(itemId, { durationMs });
      },
      preferences: storage.preferences,
      trackCache: storage.tracks,
    },
    { ...platform, createContext: () => context ?? platform.createContext() },
    onStop,
  );
}
