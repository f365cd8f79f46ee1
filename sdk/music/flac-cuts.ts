import { type Cuts, hasLetters, joinedBytes, type ReadBytes, Walk } from './cuts.ts';

/** CRC-8 with the polynomial x⁸ + x² + x + 1 (RFC 9639 §9.1.8). */
const crcTable = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1;
  return crc;
});
const mostHeaderBytes = 16;

/** Cuts a FLAC file of blocks of one size between its frames (RFC 9639). @returns undefined: it is none, or another kind */
export async function flacCuts(read: ReadBytes): Promise<Cuts | undefined> {
  const walk = new Walk(read);
  if (!hasLetters(await walk.at(0, 4), 0, 'fLaC')) return undefined;
  const info = await read(8, 42);
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  if (view.byteLength < 34) return undefined;
  const block = view.getUint16(0);
  const leastFrame = Math.max(8, (view.getUint16(4) << 8) | view.getUint8(6));
  const fileRate = view.getUint32(10) >>> 12;
  const samples = (view.getUint8(13) & 15) * 2 ** 32 + view.getUint32(14);
  if (block !== view.getUint16(2) || block < 16 || fileRate === 0 || samples === 0)
    return undefined;

  let at = 4;
  for (let isLast = false; !isLast; ) {
    const chunk = await walk.at(at, 4);
    if (!chunk || chunk.byteLength < 4) return undefined;
    isLast = (chunk.getUint8(0) & 0x80) !== 0;
    at += 4 + (chunk.getUint32(0) & 0xffffff);
  }
  const bytes: number[] = [];
  const frames = Math.ceil(samples / block);
  while (bytes.length < frames) {
    const view = await walk.at(at, mostHeaderBytes);
    if (!view) return undefined;
    const found = findFrame(view, bytes.length);
    if (found === undefined) {
      at += Math.max(1, view.byteLength - mostHeaderBytes);
      continue;
    }
    bytes.push(at + found);
    at += found + leastFrame;
  }
  let end = bytes.at(-1) ?? at;
  for (let tail = await walk.at(end, 1); tail; tail = await walk.at(end, 1)) end += tail.byteLength;
  // The last metadata block, and no other.
  const head = joinedBytes(new TextEncoder().encode('fLaC'), Uint8Array.of(0x80, 0, 0, 34), info);
  return {
    fileRate,
    samples,
    bytes: [...bytes, end],
    starts: Array.from({ length: frames + 1 }, (_, index) => Math.min(samples, index * block)),
    head: () => head,
    // A resampler looks a little to both sides.
    warmUp: block,
  };
}

/** Where in this view the frame of a number begins, if it does. */
function findFrame(view: DataView, number: number): number | undefined {
  for (let at = 0; at + 6 <= view.byteLength; at++) {
    if (view.getUint8(at) !== 0xff) continue;
    if (
      numberOf(new DataView(view.buffer, view.byteOffset + at, view.byteLength - at)) === number
    ) {
      return at;
    }
  }
  return undefined;
}

/** The number of the frame that begins here, if one does. */
function numberOf(view: DataView): number | undefined {
  if (view.byteLength < 6 || view.getUint16(0) !== 0xfff8) return undefined;
  const sizes = view.getUint8(2);
  if (sizes >> 4 === 0 || (sizes & 15) === 15 || view.getUint8(3) & 1) return undefined;
  const first = view.getUint8(4);
  const more = first < 0x80 ? 0 : Math.clz32(~(first << 24)) - 1;
  if (more < 0 || more > 5 || (first >= 0x80 && more === 0)) return undefined;
  let number = more === 0 ? first : first & (0x3f >> more);
  let at = 5;
  for (let index = 0; index < more; index++) number = number * 64 + (view.getUint8(at++) & 0x3f);
  if (sizes >> 4 === 6) at += 1;
  else if (sizes >> 4 === 7) at += 2;
  const rate = sizes & 15;
  if (rate === 12) at += 1;
  else if (rate > 12) at += 2;
  if (view.byteLength <= at) return undefined;
  let crc = 0;
  for (let index = 0; index < at; index++) crc = crcTable[crc ^ view.getUint8(index)] ?? 0;
  return crc === view.getUint8(at) ? number : undefined;
}
