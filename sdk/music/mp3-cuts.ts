import { type Cuts, hasLetters, type ReadBytes, Walk } from './cuts.ts';

/** Layer III, kbit/s (ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3). */
const rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const sampleRates = [44_100, 48_000, 32_000];
/** What a decoder adds to an encoder's own delay. */
const decoderDelay = 529;
/** Half a second: frames borrow bits of those before, and overlap with them. */
const warmUpSeconds = 0.5;
/** Longer stretches of what is no frame are no MP3. */
const mostGarbage = 1 << 17;

interface Frame {
  readonly bytes: number;
  readonly samples: number;
  readonly sampleRate: number;
  readonly sideBytes: number;
}

/** Cuts an MP3 file between its frames. @returns undefined: it is none, or one that changes its rate on the way */
export async function mp3Cuts(read: ReadBytes): Promise<Cuts | undefined> {
  const walk = new Walk(read);
  const start = await walk.at(0, 10);
  let at = hasLetters(start, 0, 'ID3') && start ? 10 + syncsafe(start, 6) : 0;
  const bytes: number[] = [];
  let frame: Frame | undefined;
  let garbage = 0;
  for (;;) {
    const view = await walk.at(at, 4);
    const next = view && frameAt(view);
    if (!view || view.byteLength < 4) break;
    if (!next || (frame && next.sampleRate !== frame.sampleRate)) {
      // Tags at the end, or damage.
      if (++garbage > mostGarbage) break;
      at += 1;
      continue;
    }
    garbage = 0;
    frame ??= next;
    bytes.push(at);
    at += next.bytes;
  }
  const [first] = bytes;
  if (!frame || first === undefined || bytes.length < 20) return undefined;
  const info = await infoOf(walk, first, frame);
  const frames = bytes.slice(info ? 1 : 0);
  const { samples: size, sampleRate: fileRate } = frame;
  const { before, after } = info ?? { before: 0, after: 0 };
  return {
    fileRate,
    samples: frames.length * size - before - after,
    bytes: [...frames, at - garbage],
    starts: Array.from({ length: frames.length + 1 }, (_, index) => index * size - before),
    head: () => new Uint8Array(0),
    warmUp: warmUpSeconds * fileRate,
  };
}

function frameAt(view: DataView): Frame | undefined {
  if (view.byteLength < 4) return undefined;
  const word = view.getUint32(0);
  const version = (word >>> 19) & 3;
  const rateIndex = (word >>> 12) & 15;
  const base = sampleRates[(word >>> 10) & 3];
  const isLayer3 = ((word >>> 17) & 3) === 1;
  if (word >>> 21 !== 0x7ff || version === 1 || !isLayer3 || !base) return undefined;
  const isVersion1 = version === 3;
  const kbits = (isVersion1 ? rates1 : rates2)[rateIndex];
  if (!kbits) return undefined;
  const sampleRate = base / (isVersion1 ? 1 : version === 2 ? 2 : 4);
  const samples = isVersion1 ? 1152 : 576;
  const isMono = ((word >>> 6) & 3) === 3;
  return {
    bytes: Math.floor((samples * kbits * 125) / sampleRate) + ((word >>> 9) & 1),
    samples,
    sampleRate,
    sideBytes: isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17,
  };
}

/** What LAME's tag in a first frame without sound says is padding, at both ends; undefined: that frame is sound. */
async function infoOf(
  walk: Walk,
  at: number,
  { sideBytes, bytes }: Frame,
): Promise<{ readonly before: number; readonly after: number } | undefined> {
  const view = await walk.at(at, bytes);
  const tag = 4 + sideBytes;
  if (!view || !(hasLetters(view, tag, 'Xing') || hasLetters(view, tag, 'Info'))) return undefined;
  const flags = view.getUint32(tag + 4);
  const optional = [4, 4, 100, 4].reduce(
    (sum, size, bit) => sum + (flags & (1 << bit) ? size : 0),
    0,
  );
  const lame = tag + 8 + optional;
  if (lame + 24 > bytes || view.getUint8(lame) === 0) return { before: 0, after: 0 };
  const delays = (view.getUint16(lame + 21) << 8) | view.getUint8(lame + 23);
  return {
    before: (delays >> 12) + decoderDelay,
    after: Math.max(0, (delays & 0xfff) - decoderDelay),
  };
}

/** Four bytes of seven bits each (ID3v2.4 §6.2). */
function syncsafe(view: DataView, at: number): number {
  return [0, 1, 2, 3].reduce((sum, index) => sum * 128 + (view.getUint8(at + index) & 0x7f), 0);
}
