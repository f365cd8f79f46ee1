import type { PlaylistItem } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { soundKey } from './listen-source.ts';
import { type LoadOptions, loadTrackBytes, type TrackBytesDeps } from './track-bytes.ts';

export type DecodedTrack =
  | { readonly kind: 'loading'; readonly fraction: number }
  | { readonly kind: 'fetched'; readonly bytes: ArrayBuffer }
  | { readonly kind: 'ready'; readonly buffer: AudioBuffer }
  /** Too big to hold, or not decodable in one piece: it has to be streamed. */
  | { readonly kind: 'unsuitable' }
  | { readonly kind: 'failed'; readonly message: string };

export interface Wish {
  readonly item: PlaylistItem;
  /** False: only its bytes, which take a tenth of the memory. */
  readonly decode: boolean;
}

export interface DecodedTracks {
  /** Loads these, in this order, and forgets all others. */
  want(wishes: readonly Wish[]): void;
  get(soundKey: string): DecodedTrack | undefined;
  dispose(): void;
}

export interface DecodedTracksDeps extends TrackBytesDeps {
  readonly decode: (bytes: ArrayBuffer) => Promise<AudioBuffer>;
  readonly onChange: () => void;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/** Keeps the track that sounds, and the one after it, ready in memory; tries again until the network is back. */
export function createDecodedTracks(deps: DecodedTracksDeps): DecodedTracks {
  const { platform } = deps;
  const tracks = new Map<string, DecodedTrack>();
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
          ? decodeTrack(key, track.bytes)
          : fetchTrack(key, item, abort.signal);
      void work.finally(() => {
        busy = undefined;
        if (abort.signal.aborted) tracks.delete(key);
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
      const bytes = await loadTrackBytes(item, deps, { signal, onProgress });
      failures = 0;
      tracks.set(key, bytes ? { kind: 'fetched', bytes } : { kind: 'unsuitable' });
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

  async function decodeTrack(key: string, bytes: ArrayBuffer): Promise<void> {
    try {
      tracks.set(key, { kind: 'ready', buffer: await deps.decode(bytes) });
    } catch {
      tracks.set(key, { kind: 'unsuitable' });
    }
  }

  return {
    want(next) {
      if (isSame(wishes, next)) return;
      wishes = next;
      const keys = new Set(next.map(({ item }) => soundKey(item)));
      for (const key of tracks.keys()) if (!keys.has(key) && key !== busy?.key) tracks.delete(key);
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
      tracks.clear();
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
