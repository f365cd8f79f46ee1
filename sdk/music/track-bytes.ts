import type { PlaylistItem } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import type { AudioPlatform } from './audio-platform.ts';
import { type ListenSource, soundKey } from './listen-source.ts';
import type { TrackCache } from './track-cache.ts';

export interface TrackBytesDeps {
  readonly source: ListenSource;
  readonly platform: AudioPlatform;
  readonly cache: TrackCache;
}

export interface LoadOptions {
  readonly signal: AbortSignal;
  /** 0 … 1; not called where the server does not say how long the file is. */
  readonly onProgress: (fraction: number) => void;
}

/** Beyond this a track is streamed, not kept. */
export const maxHeldBytes = 200_000_000;
/** What has come in is handed to the browser in parts of this, which may put them on disk. */
const partBytes = 4_000_000;

/**
 * A track's file, from this device or from the network. It is never in memory as a whole.
 *
 * @returns undefined for a file beyond {@link maxHeldBytes}
 * @throws {JamzError} `unavailable` when another try may help; `not-found`, `forbidden`, `gone` when none will
 */
export async function loadTrackBytes(
  item: PlaylistItem,
  { source, platform, cache }: TrackBytesDeps,
  options: LoadOptions,
): Promise<Blob | undefined> {
  const key = soundKey(item);
  const held = await cache.get(key);
  if (held) return held;
  let response = await open(await source.trackUrl(item.itemId), platform, options.signal);
  // A signed address lives for minutes: one that has ended is asked for anew, once.
  if (response.status === 403 || response.status === 410) {
    response = await open(await source.trackUrl(item.itemId), platform, options.signal);
  }
  if (!response.ok) throw failureOf(response.status, item);
  const file = await read(response, options);
  if (file) void cache.put(key, file);
  return file;
}

async function open(url: string, platform: AudioPlatform, signal: AbortSignal): Promise<Response> {
  try {
    return await platform.fetch(url, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new JamzError('unavailable', 'The track cannot be fetched now.', { cause });
  }
}

function failureOf(status: number, { title }: PlaylistItem): JamzError {
  if (status === 404 || status === 410) {
    return new JamzError('not-found', `The sound of “${title}” is not there any more.`);
  }
  if (status === 401 || status === 403) {
    return new JamzError(
      'forbidden',
      `The site that has “${title}” does not give it to this page.`,
    );
  }
  return new JamzError('unavailable', 'The track cannot be fetched now.');
}

async function read(response: Response, options: LoadOptions): Promise<Blob | undefined> {
  const total = Number(response.headers.get('content-length') ?? 0);
  const body = response.body;
  if (total > maxHeldBytes) {
    await body?.cancel();
    return undefined;
  }
  if (!body) return response.blob();
  const parts: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let partEnd = partBytes;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      size += value.byteLength;
      if (size > maxHeldBytes) {
        await reader.cancel();
        return undefined;
      }
      if (size > partEnd) {
        parts.push(new Blob(pieces));
        pieces = [];
        partEnd = size + partBytes;
      }
      if (total > 0) options.onProgress(Math.min(1, size / total));
    }
  } catch (cause) {
    options.signal.throwIfAborted();
    throw new JamzError('unavailable', 'The connection broke while the track came in.', { cause });
  }
  return new Blob([...parts, ...pieces]);
}
