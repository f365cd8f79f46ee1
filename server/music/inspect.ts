import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import decode from 'audio-decode';
import { fileTypeFromBuffer } from 'file-type';
import type { IPicture } from 'music-metadata';
import { limits } from '../../sdk/protocol/limits.ts';
import { PeakMeter } from '../../sdk/protocol/peaks.ts';
import { recogniseSound, type SoundDecoder } from './sound-types.ts';

/** What can be read from a sound file without decoding it. */
export interface SoundFacts {
  readonly mediaType: string;
  readonly decoder: SoundDecoder;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly title: string;
  readonly artist: string | null;
  readonly durationMs: number | null;
  readonly artwork: { readonly mediaType: string; readonly bytes: Uint8Array } | null;
}

/**
 * Reads tags, cover and digest.
 *
 * @param name the sender's file name: the title where no tag has one
 * @throws {JamzError} `unsupported-type`
 */
export async function inspectSound(path: string, name: string): Promise<SoundFacts> {
  const { mediaType, decoder, metadata } = await recogniseSound(path);
  const { common, format } = metadata;
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return {
    mediaType,
    decoder,
    bytes,
    sha256: hash.digest('hex'),
    title: shown(common.title) ?? titleFrom(name),
    artist: shown(common.artist) ?? null,
    durationMs: format.duration ? Math.round(format.duration * 1000) : null,
    artwork: await coverOf(common.picture ?? []),
  };
}

/** Decodes a sound file piece by piece and measures it. @returns values 0 … 255 as file records keep them */
export async function measurePeaks(path: string, decoder: SoundDecoder): Promise<Uint8Array> {
  const meter = new PeakMeter();
  const source = createReadStream(path, { highWaterMark: 262_144 });
  for await (const { channelData } of decode(source, decoder)) meter.add(channelData);
  return Uint8Array.from(meter.peaks(), (value) => Math.round(value * 255));
}

const maxCoverBytes = 5_000_000;
const coverTypes: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** The front cover, else the first picture that browsers show. Its own bytes say its type, not the tag. */
async function coverOf(pictures: readonly IPicture[]): Promise<SoundFacts['artwork']> {
  const front = pictures.filter((picture) => picture.type === 'Cover (front)');
  for (const { data } of [...front, ...pictures]) {
    if (data.length === 0 || data.length > maxCoverBytes) continue;
    const type = await fileTypeFromBuffer(data);
    if (type && coverTypes.has(type.mime)) {
      return { mediaType: type.mime, bytes: Uint8Array.from(data) };
    }
  }
  return null;
}

/** Tags come from strangers' files: control characters and endless texts do not reach the lists. */
function shown(tag: string | undefined): string | undefined {
  const text = tag?.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return text ? text.slice(0, limits.maxTitleChars) : undefined;
}

function titleFrom(name: string): string {
  return shown(name.replace(/\.[A-Za-z0-9]{1,5}$/, '')) ?? shown(name) ?? 'Untitled';
}
