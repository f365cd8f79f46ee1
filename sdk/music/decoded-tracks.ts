import type { PlaylistItem } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { soundKey } from './listen-source.ts';
import type { OpenSoundDeps } from './open-sound.ts';
import { type LoadOptions, loadTrackBytes, type TrackBytesDeps } from './track-bytes.ts';
import type { TrackSound } from './track-sound.ts';

export type DecodedTrack =
  | { readonly kind: 'loading'; readonly fraction: number }
  | { readonly kind: 'fetched'; readonly file: Blob }
  | { readonly kind: 'ready'; readonly sound: TrackSound }
  /** Too big to hold, or not decodable in one piece: it has to be streamed. */
  | { readonly kind: 'unsuitable' }
  | { readonly kind: 'failed'; readonly message: string };

export interface Wish {
  readonly item: PlaylistItem;
  /** False: only its file. */
  readonly decode: boolean;
}

export interface DecodedTracks {
  /** Loads these, in this order, and forgets all others. */
  want(wishes: readonly Wish[]): void;
  get(soundKey: string): DecodedTrack | undefined;
  dispose(): void;
}

export interface DecodedTracksDeps extends TrackBytesDeps {
  readonly open: (
    file: Blob,
    options: Pick<OpenSoundDeps, 'isWhole' | 'onBroken'>,
  ) => Promise<TrackSound | undefined>;
  readonly onChange: () => void;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/** Keeps the track that sounds, and the one after it, ready in memory; tries again until the network is back. */
export function createDecodedTracks(deps: DecodedTracksDeps): DecodedTracks {
  const { platform } = deps;
  const tracks = new Map<string, DecodedTrack>();
  /** What this browser does not decode in pieces as it does the whole. */
  const broken = new Set<string>();
  let wishes: readonly Wish[] = [];
  let busy: { readonly key: string; readonly abort: AbortController } | undefined;
  let failures = 0;
  let stopRetry: (() => void) | undefined;
  const stopOnline = platform.onOnline(() => {
    if (stopRetry) retryNow();
  });

  function retryNow(): void {
    stopRetry?.();
    stopRetry = undefined;
    advance();
  }

  /** One at a time, the first wish first. */
  function advance(): void {
    if (busy || stopRetry) return;
    for (const { item, decode } of wishes) {
      const key = soundKey(item);
      const track = tracks.get(key);
      const isDone = track && track.kind !== 'loading' && !(track.kind === 'fetched' && decode);
      if (isDone) continue;
      const abort = new AbortController();
      busy = { key, abort };
      const work =
        track?.kind === 'fetched'
          ? openTrack(key, track.file)
          : fetchTrack(key, item, abort.signal);
      void work.finally(() => {
        busy = undefined;
        if (abort.signal.aborted) drop(key);
        else deps.onChange();
        advance();
      });
      return;
    }
  }

  async function fetchTrack(key: string, item: PlaylistItem, signal: AbortSignal): Promise<void> {
    tracks.set(key, { kind: 'loading', fraction: 0 });
    const onProgress: LoadOptions['onProgress'] = (fraction) => {
      tracks.set(key, { kind: 'loading', fraction });
      deps.onChange();
    };
    try {
      const file = await loadTrackBytes(item, deps, { signal, onProgress });
      failures = 0;
      tracks.set(key, file ? { kind: 'fetched', file } : { kind: 'unsuitable' });
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof JamzError && !passing.has(error.code)) {
        tracks.set(key, { kind: 'failed', message: error.message });
        return;
      }
      const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
      failures += 1;
      stopRetry = platform.after(delayMs, retryNow);
    }
  }

  async function openTrack(key: string, file: Blob): Promise<void> {
    const onBroken = (): void => {
      broken.add(key);
      if (!tracks.has(key)) return;
      tracks.set(key, { kind: 'fetched', file });
      advance();
    };
    const options = { isWhole: broken.has(key), onBroken };
    const sound = await deps.open(file, options).catch(() => undefined);
    tracks.set(key, sound ? { kind: 'ready', sound } : { kind: 'unsuitable' });
  }

  function drop(key: string): void {
    const track = tracks.get(key);
    if (track?.kind === 'ready') track.sound.dispose();
    tracks.delete(key);
  }

  return {
    want(next) {
      if (isSame(wishes, next)) return;
      wishes = next;
      const keys = new Set(next.map(({ item }) => soundKey(item)));
      for (const key of tracks.keys()) if (!keys.has(key) && key !== busy?.key) drop(key);
      if (busy && !keys.has(busy.key)) busy.abort.abort();
      // What failed for lack of a network may be another track's business now.
      if (stopRetry) retryNow();
      else advance();
    },
    get: (key) => tracks.get(key),
    dispose() {
      wishes = [];
      busy?.abort.abort();
      stopRetry?.();
      stopOnline();
      for (const key of tracks.keys()) drop(key);
    },
  };
}

function isSame(some: readonly Wish[], others: readonly Wish[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ item, decode }, index) => {
      const other = others[index];
      return other && soundKey(other.item) === soundKey(item) && other.decode === decode;
    })
  );
}

/** Codes that another try can mend. */
const passing: ReadonlySet<string> = new Set([
  'unavailable',
  'internal',
  'rate-limited',
  'token-expired',
  'unauthenticated',
]);
