/** A quiet tone as a WAV file, for tests: 16-bit mono PCM at 8 kHz. */
export function waveFile(seconds: number): ArrayBuffer {
  const sampleRate = 8_000;
  const tone = Int16Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, index) => 800 * Math.sin((index * 2 * Math.PI * 220) / sampleRate),
  );
  return waveFileOf(tone, sampleRate).buffer;
}

/** 16-bit mono samples as a WAV file. @param sampleRate Hz */
export function waveFileOf(samples: Int16Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(44 + samples.byteLength));
  const text = (at: number, letters: string): void => {
    for (let index = 0; index < letters.length; index++) {
      view.setUint8(at + index, letters.charCodeAt(index));
    }
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.byteLength, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.byteLength, true);
  samples.forEach((sample, index) => {
    view.setInt16(44 + index * 2, sample, true);
  });
  return new Uint8Array(view.buffer);
}
