import { fileTypeFromFile } from 'file-type';
import type { IAudioMetadata } from 'music-metadata';
import { type IFormat, parseFile } from 'music-metadata';
import { JamzError } from '../../sdk/protocol/errors.ts';

/** A kind of sound file that every current browser plays. */
export interface SoundType {
  readonly mediaType: string;
  readonly decoder: SoundDecoder;
}

/** As audio-decode names them. */
export type SoundDecoder = 'mp3' | 'm4a' | 'aac' | 'oga' | 'opus' | 'flac' | 'wav';

export interface RecognisedSound extends SoundType {
  readonly metadata: IAudioMetadata;
}

const accepted = 'MP3, M4A/AAC, OGG, Opus, FLAC and WAV';

/**
 * Recognises a file by its content, whatever it is called, and reads its tags.
 *
 * @throws {JamzError} `unsupported-type`, saying what it is and what is accepted
 */
export async function recogniseSound(path: string): Promise<RecognisedSound> {
  const type = await fileTypeFromFile(path);
  const candidate = containers[type?.ext ?? ''];
  if (!candidate) throw unsupported(type ? `is ${described(type.mime)}` : 'is no sound we know');

  let metadata: IAudioMetadata;
  try {
    metadata = await parseFile(path, { duration: true });
  } catch (cause) {
    throw unsupported(`begins like ${described(candidate.mediaType)} but cannot be read`, cause);
  }
  const { format } = metadata;
  if (format.hasVideo) throw unsupported('is a video');
  if (!format.sampleRate) throw unsupported(`holds no sound that can be read`);
  if (!candidate.codecs.test(format.codec ?? '')) {
    throw unsupported(`holds ${format.codec ?? 'a codec'} sound, which most browsers cannot play`);
  }
  return { mediaType: candidate.mediaType, decoder: decoderOf(candidate, format), metadata };
}

interface Container extends SoundType {
  readonly codecs: RegExp;
}

const mpeg4: Container = { mediaType: 'audio/mp4', decoder: 'm4a', codecs: /AAC/ };
const ogg: Container = { mediaType: 'audio/ogg', decoder: 'oga', codecs: /Vorbis|Opus|FLAC/ };

/** By the extension that file-type gives to the content. */
const containers: Readonly<Record<string, Container | undefined>> = {
  mp3: { mediaType: 'audio/mpeg', decoder: 'mp3', codecs: /Layer 3/ },
  m4a: mpeg4,
  m4b: mpeg4,
  f4a: mpeg4,
  mp4: mpeg4,
  aac: { mediaType: 'audio/aac', decoder: 'aac', codecs: /AAC/ },
  ogg,
  oga: ogg,
  opus: ogg,
  flac: { mediaType: 'audio/flac', decoder: 'flac', codecs: /FLAC/ },
  wav: { mediaType: 'audio/wav', decoder: 'wav', codecs: /^(PCM|IEEE_FLOAT)/ },
};

function decoderOf({ decoder }: Container, { codec }: IFormat): SoundDecoder {
  return decoder === 'oga' && codec === 'Opus' ? 'opus' : decoder;
}

const names: Readonly<Record<string, string | undefined>> = {
  'video/mp4': 'a video',
  'video/quicktime': 'a video',
  'video/webm': 'WebM',
  'application/zip': 'a ZIP archive',
  'application/pdf': 'a PDF document',
  'image/jpeg': 'a picture',
  'image/png': 'a picture',
};

function described(mediaType: string): string {
  return names[mediaType] ?? mediaType;
}

function unsupported(what: string, cause?: unknown): JamzError {
  return new JamzError('unsupported-type', `This file ${what}. Choose one of ${accepted}.`, {
    cause,
  });
}
