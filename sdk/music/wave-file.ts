/** A quiet tone as a WAV file, for tests: 16-bit mono PCM at 8 kHz. */
export function waveFile(seconds: number): ArrayBuffer {
  const sampleRate = 8_000;
  const samples = Math.round(seconds * sampleRate);
  const view = new DataView(new ArrayBuffer(44 + samples * 2));
  const text = (at: number, letters: string): void => {
    for (let index = 0; index < letters.length; index++) {
      view.setUint8(at + index, letters.charCodeAt(index));
    }
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples * 2, true);
  for (let index = 0; index < samples; index++) {
    view.setInt16(44 + index * 2, 800 * Math.sin((index * 2 * Math.PI * 220) / sampleRate), true);
  }
  return view.buffer;
}
