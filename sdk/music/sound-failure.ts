import type { PlaylistItem } from '../merge/states.ts';
import type { AudioPlatform } from './audio-platform.ts';

export type SoundFailure =
  /** The network or the server: try the same again later. */
  | { readonly kind: 'later' }
  /** The address has ended: ask for a new one. */
  | { readonly kind: 'renew' }
  /** Reachable by an element at most: the file's site lets no page read it. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'final'; readonly message: string };

/** Media elements say little about what went wrong: one byte is asked for to find out. */
export async function diagnose(
  url: string,
  item: PlaylistItem,
  platform: Pick<AudioPlatform, 'fetch'>,
): Promise<SoundFailure> {
  let response: Response;
  try {
    response = await platform.fetch(url, { headers: { range: 'bytes=0-0' } });
  } catch {
    return { kind: 'unreadable' };
  }
  void response.body?.cancel();
  if (response.status === 403 || response.status === 410) return { kind: 'renew' };
  if (response.status === 404) {
    return { kind: 'final', message: `The sound of “${item.title}” is not there any more.` };
  }
  if (!response.ok) return { kind: 'later' };
  return { kind: 'final', message: undecodable(item, response.headers.get('content-type')) };
}

/** @param mediaType as the server names it, null where it does not */
export function undecodable({ title }: PlaylistItem, mediaType: string | null): string {
  const format = mediaType ? formatName(mediaType) : undefined;
  if (format === undefined) return `This browser cannot decode “${title}”. Add it as MP3 instead.`;
  return `This browser cannot decode ${format}. Add “${title}” as MP3 instead.`;
}

const names: Readonly<Record<string, string>> = {
  flac: 'FLAC',
  mpeg: 'this MP3 file',
  ogg: 'Ogg',
  opus: 'Opus',
  mp4: 'AAC',
  aac: 'AAC',
  wav: 'this WAV file',
  webm: 'WebM',
  aiff: 'AIFF',
};

function formatName(mediaType: string): string | undefined {
  const [, subtype = ''] =
    /^(?:audio|application|video)\/(?:x-)?([a-z0-9]+)/i.exec(mediaType) ?? [];
  return names[subtype.toLowerCase()];
}
