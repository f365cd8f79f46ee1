/** What is recorded and played, Hz. */
export const sampleRate = 48_000;
/** A chirp begins every half second. */
export const slotSamples = 24_000;
/** So many chirps differ: a place is told apart within four seconds. */
export const chirpKinds = 8;

/** Short, so that a chirp that is played half a percent too fast still fits. */
const sweepSamples = 256;
const sweepsPerChirp = 3;
const lowHz = 1_000;
const highHz = 7_000;
const fadeSamples = 32;
const amplitude = 0.5;

export const chirpSamples: number = sweepSamples * sweepsPerChirp;

/** Three short sweeps, each up or down: three bits. @param kind 0 … 7 */
export function chirp(kind: number): Float64Array {
  const samples = new Float64Array(chirpSamples);
  for (let sweep = 0; sweep < sweepsPerChirp; sweep++) {
    const isUp = ((kind >> sweep) & 1) === 1;
    const [fromHz, toHz] = isUp ? [lowHz, highHz] : [highHz, lowHz];
    for (let index = 0; index < sweepSamples; index++) {
      const seconds = index / sampleRate;
      const slope = ((toHz - fromHz) * sampleRate) / sweepSamples;
      const phase = 2 * Math.PI * (fromHz * seconds + (slope * seconds ** 2) / 2);
      const fade = Math.min(1, index / fadeSamples, (sweepSamples - index) / fadeSamples);
      samples[sweep * sweepSamples + index] = amplitude * fade * Math.sin(phase);
    }
  }
  return samples;
}

/** The kind that stands at a slot of a track; tracks differ in the order of theirs. */
export function kindAt(slot: number, track: number): number {
  return (slot * (2 * track + 1)) % chirpKinds;
}

/** A train of chirps as 16-bit mono samples. @param track which of the tracks, 0 … 3 */
export function chirpTrain(seconds: number, track: number): Int16Array {
  const train = new Int16Array(seconds * sampleRate);
  const chirps = Array.from({ length: chirpKinds }, (_, kind) => chirp(kind));
  for (let slot = 0; (slot + 1) * slotSamples <= train.length; slot++) {
    chirps[kindAt(slot, track)]?.forEach((value, index) => {
      train[slot * slotSamples + index] = Math.round(value * 32_767);
    });
  }
  return train;
}

/** 16-bit mono samples as a WAV file. */
export function waveFile(samples: Int16Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(44));
  const text = (at: number, letters: string): void => {
    for (const [index, letter] of [...letters].entries()) {
      view.setUint8(at + index, letter.charCodeAt(0));
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
  const bytes = new Uint8Array(44 + samples.byteLength);
  bytes.set(new Uint8Array(view.buffer));
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), 44);
  return bytes;
}
