import { type Cuts, hasLetters, type ReadBytes } from './cuts.ts';
import { flacCuts } from './flac-cuts.ts';
import { mp3Cuts } from './mp3-cuts.ts';
import { soundInPieces } from './sound-in-pieces.ts';
import { type TrackSound, wholeSound } from './track-sound.ts';
import { waveCuts } from './wave-cuts.ts';

export interface OpenSoundDeps {
  readonly context: Pick<BaseAudioContext, 'sampleRate' | 'createBuffer' | 'decodeAudioData'>;
  /** A piece is there. */
  readonly onChange: () => void;
  /** The sound that was given cannot go on in pieces: open it anew, whole. */
  readonly onBroken: () => void;
  /** As a whole, for it was broken in pieces. */
  readonly isWhole: boolean;
}

/** Shorter tracks are decoded as they are. */
const shortSeconds = 20;
/** What cannot be cut is decoded whole, up to this: twelve minutes at 256 kbit/s; longer ones are for an element. */
const mostWholeBytes = 24_000_000;

/**
 * Makes a file ready to be decoded: in pieces where it can be cut, otherwise as a whole.
 *
 * @returns undefined: it has to be streamed, or cannot be decoded
 */
export async function openSound(
  file: Blob,
  { context, onChange, onBroken, isWhole }: OpenSoundDeps,
): Promise<TrackSound | undefined> {
  const read: ReadBytes = async (from, to) =>
    new Uint8Array(await file.slice(from, to).arrayBuffer());
  const decode = (bytes: ArrayBuffer): Promise<AudioBuffer> => context.decodeAudioData(bytes);
  const cuts = isWhole ? undefined : await cutsOf(read).catch(() => undefined);
  if (cuts && cuts.samples / cuts.fileRate > shortSeconds) {
    return soundInPieces({ read, cuts, decode, context, onChange, onBroken });
  }
  if (file.size > mostWholeBytes) return undefined;
  return decode(await file.arrayBuffer()).then(wholeSound, () => undefined);
}

async function cutsOf(read: ReadBytes): Promise<Cuts | undefined> {
  const start = await read(0, 4);
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (hasLetters(view, 0, 'RIFF')) return waveCuts(read);
  if (hasLetters(view, 0, 'fLaC')) return flacCuts(read);
  const isMp3 =
    hasLetters(view, 0, 'ID3') || (start[0] === 0xff && ((start[1] ?? 0) & 0xe0) === 0xe0);
  return isMp3 ? mp3Cuts(read) : undefined;
}
