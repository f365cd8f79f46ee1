/** So many chirps can be told apart, however they overlap. */
export const chirpKinds = 8;
export const chirpSeconds = 0.06;

/** What the loudspeakers of phones give and their microphones take. */
const lowHz = 1_500;
const highHz = 7_000;
const tones = 160;
const fadeSeconds = 0.004;

/**
 * A short noise of its own for each kind, the same on every device: tones at random, so that its correlation with
 * itself has one peak, and with another kind none.
 *
 * @param kind 0 … 7
 * @returns samples, −1 … 1
 */
export function chirp(kind: number, sampleRate: number): Float32Array<ArrayBuffer> {
  const random = numbers(kind + 1);
  const length = Math.round(chirpSeconds * sampleRate);
  const sum = new Float64Array(length);
  for (let tone = 0; tone < tones; tone++) {
    const step = (2 * Math.PI * (lowHz + (highHz - lowHz) * random())) / sampleRate;
    const phase = 2 * Math.PI * random();
    for (let index = 0; index < length; index++) {
      sum[index] = (sum[index] as number) + Math.cos(step * index + phase);
    }
  }
  const most = sum.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
  const fade = fadeSeconds * sampleRate;
  return Float32Array.from(sum, (value, index) => {
    const envelope = Math.min(1, (index + 1) / fade, (length - index) / fade);
    return (0.9 * envelope * value) / most;
  });
}

/** The same everywhere, for the same seed: mulberry32, by Tommy Ettinger. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
