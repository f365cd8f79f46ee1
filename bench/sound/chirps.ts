import { seededRandom } from '../../sdk/testing/seeded-random.ts';

/** What is recorded and played, Hz. */
export const sampleRate = 48_000;
/** A chirp begins every half second. */
export const slotSamples = 24_000;
/** So many chirps differ: a place is told apart within four seconds. */
export const chirpKinds = 8;

/** Short, so that a chirp that is played half a percent too fast still fits. */
export const chirpSamples = 768;
const lowHz = 1_000;
const highHz = 7_000;
const tones = 64;
const fadeSamples = 48;
const amplitude = 0.5;

/** A short noise of its own for each kind, the same ones in every run. @param kind 0 … 7 */
export function chirp(kind: number): Float64Array {
  const random = seededRandom(kind + 1);
  const phases = Array.from({ length: tones }, () => 2 * Math.PI * random());
  const samples = Float64Array.from({ length: chirpSamples }, (_, index) => {
    const fade = Math.min(1, index / fadeSamples, (chirpSamples - index) / fadeSamples);
    const sum = phases.reduce((total, phase, tone) => {
      const hz = lowHz + ((highHz - lowHz) * tone) / tones;
      return total + Math.cos((2 * Math.PI * hz * index) / sampleRate + phase);
    }, 0);
    return fade * sum;
  });
  const most = samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
  return samples.map((value) => (amplitude * value) / most);
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
