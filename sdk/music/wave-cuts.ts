import { type Cuts, hasLetters, type ReadBytes, Walk } from './cuts.ts';

const unitSeconds = 0.1;

/** Cuts a WAV file anywhere. @returns undefined: it is none, or of a kind whose samples do not stand one by one */
export async function waveCuts(read: ReadBytes): Promise<Cuts | undefined> {
  const walk = new Walk(read);
  const start = await walk.at(0, 12);
  if (!hasLetters(start, 0, 'RIFF') || !hasLetters(start, 8, 'WAVE')) return undefined;
  let format: Uint8Array<ArrayBuffer> | undefined;
  for (let at = 12; ; ) {
    const chunk = await walk.at(at, 8);
    if (!chunk || chunk.byteLength < 8) return undefined;
    const size = chunk.getUint32(4, true);
    if (hasLetters(chunk, 0, 'fmt ')) format = await read(at, at + 8 + size);
    else if (hasLetters(chunk, 0, 'data')) {
      return format && cutsOf(format, at + 8, await fitting(read, at + 8, size));
    }
    at += 8 + size + (size & 1);
  }
}

/** Recorders that were cut off leave a length that is not there. */
async function fitting(read: ReadBytes, from: number, size: number): Promise<number> {
  let least = 0;
  let most = size;
  if ((await read(from + size - 1, from + size)).byteLength === 1) return size;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if ((await read(from + middle - 1, from + middle)).byteLength === 1) least = middle;
    else most = middle;
  }
  return least;
}

function cutsOf(format: Uint8Array<ArrayBuffer>, from: number, size: number): Cuts | undefined {
  const view = new DataView(format.buffer, format.byteOffset, format.byteLength);
  const isPlain = [1, 3, 0xfffe].includes(view.getUint16(8, true));
  const fileRate = view.getUint32(12, true);
  const block = view.getUint16(20, true);
  if (!isPlain || fileRate === 0 || block === 0) return undefined;
  const samples = Math.floor(size / block);
  const unit = Math.round(fileRate * unitSeconds);
  const units = Math.ceil(samples / unit);
  const starts = Array.from({ length: units + 1 }, (_, index) => Math.min(samples, index * unit));
  return {
    fileRate,
    samples,
    starts,
    bytes: starts.map((sample) => from + sample * block),
    head: (bytes) => headOf(format, bytes),
    // A resampler looks a little to both sides.
    warmUp: unit,
  };
}

function headOf(format: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(12 + format.byteLength + 8);
  const view = new DataView(head.buffer);
  const write = (at: number, letters: string): void => {
    for (const [index, letter] of [...letters].entries()) {
      view.setUint8(at + index, letter.charCodeAt(0));
    }
  };
  write(0, 'RIFF');
  view.setUint32(4, head.byteLength - 8 + bytes, true);
  write(8, 'WAVE');
  head.set(format, 12);
  write(12 + format.byteLength, 'data');
  view.setUint32(16 + format.byteLength, bytes, true);
  return head;
}
