/** Sound as a FLAC file of verbatim frames, for tests (RFC 9639): 16-bit mono. */
export function flacFile(samples: Int16Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const block = 4_096;
  const bytes: number[] = [0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, 34];
  const put = (value: number, count: number): void => {
    for (let at = count - 1; at >= 0; at--) bytes.push(Math.floor(value / 2 ** (8 * at)) & 0xff);
  };
  put(block, 2);
  put(block, 2);
  // The sizes of frames are not known.
  put(0, 6);
  // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples.
  put(sampleRate * 2 ** 12 + 15 * 2 ** 4, 4);
  put(samples.length, 4);
  for (let at = 0; at < 16; at++) bytes.push(0);
  for (let number = 0; number * block < samples.length; number++) {
    const part = samples.subarray(number * block, (number + 1) * block);
    const from = bytes.length;
    // Sync; the size of the block in two bytes; rate and depth as the head says; mono.
    bytes.push(0xff, 0xf8, 0x70, 0x00, ...utf8Number(number));
    put(part.length - 1, 2);
    bytes.push(crcOf(bytes.slice(from), 8, 0x07));
    // One verbatim subframe.
    bytes.push(0x02);
    for (const sample of part) put(sample & 0xffff, 2);
    put(crcOf(bytes.slice(from), 16, 0x8005), 2);
  }
  return Uint8Array.from(bytes);
}

/** A number as UTF-8 would write it. */
function utf8Number(number: number): readonly number[] {
  if (number < 0x80) return [number];
  if (number < 0x800) return [0xc0 | (number >> 6), 0x80 | (number & 0x3f)];
  return [0xe0 | (number >> 12), 0x80 | ((number >> 6) & 0x3f), 0x80 | (number & 0x3f)];
}

function crcOf(bytes: readonly number[], width: 8 | 16, polynomial: number): number {
  const top = 1 << (width - 1);
  const mask = 2 ** width - 1;
  return bytes.reduce((sum, byte) => {
    let crc = sum ^ (byte << (width - 8));
    for (let bit = 0; bit < 8; bit++) crc = (crc & top ? (crc << 1) ^ polynomial : crc << 1) & mask;
    return crc;
  }, 0);
}
