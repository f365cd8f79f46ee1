import { BehaviorSubject } from 'rxjs';
import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import { createListener } from './create-listener.ts';
import { type FakeAudio, type FakeAudioOptions, fakeAudio } from './fake-audio.ts';
import type { ListenSource } from './listen-source.ts';
import type { Listener } from './listener.ts';
import { silentNowPlaying } from './now-playing.ts';

/** A device that listens, for tests: all of its clocks are the test's. */
export interface ListenBench {
  readonly nowPlaying$: BehaviorSubject<NowPlaying>;
  readonly source: ListenSource;
  serverNow(): number;
  listen(options?: FakeAudioOptions): { readonly listener: Listener; readonly audio: FakeAudio };
  /** The group plays a track from a place of it. */
  play(item: PlaylistItem, positionMs: number, more?: Partial<NowPlaying>): void;
  /** How far ahead of the group a loudspeaker really is, ms; no number in silence. */
  realDriftMs(audio: FakeAudio): number;
}

export const road: PlaylistItem = {
  itemId: 'road',
  title: 'Road Song',
  fileId: 'f-road',
  durationMs: 200_000,
  addedBy: 'ana',
  addedAtMs: 0,
};
export const rain: PlaylistItem = {
  ...road,
  itemId: 'rain',
  title: 'Rain Song',
  fileId: 'f-rain',
};

export function listenBench(time: Scheduler): ListenBench {
  const nowPlaying$ = new BehaviorSubject<NowPlaying>(silentNowPlaying);
  const serverNow = (): number => 1_000_000 + time.monotonicMs();
  const source: ListenSource = {
    nowPlaying$,
    serverNow,
    trackUrl: async (itemId) => `http://h/${itemId}`,
    learnDuration() {},
    preferences: memoryKeyValue(),
    trackCache: memoryKeyValue(),
  };
  return {
    nowPlaying$,
    source,
    serverNow,
    listen(options = {}) {
      const audio = fakeAudio(time, options);
      return { audio, listener: createListener(source, audio.platform) };
    },
    play(item, positionMs, more = {}) {
      nowPlaying$.next({
        ...silentNowPlaying,
        item,
        playing: true,
        positionMs,
        atServerMs: serverNow(),
        durationMs: item.durationMs ?? null,
        ...more,
      });
    },
    realDriftMs(audio) {
      const { positionMs, atServerMs } = nowPlaying$.value;
      return (audio.heardMs() ?? Number.NaN) - (positionMs + serverNow() - atServerMs);
    },
  };
}
