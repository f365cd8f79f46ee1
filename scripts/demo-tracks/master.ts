import { filter } from './effects.ts';
import { type Stereo, sampleRate, shape } from './sound.ts';

const targetLufs = -16;
/** Below full scale by what an MP3's coding may add. */
const ceiling = 10 ** (-1.8 / 20);

/** Makes a mix as loud as the others, without a sample above −1.8 dBFS, faded in and out. */
export function master(mix: Stereo, fade: { inS: number; outS: number }): void {
  filter(mix, 'high-pass', 32);
  const seconds = mix.left.length / sampleRate;
  shape(mix, (sample, timeS) => {
    const inward = Math.min(1, timeS / fade.inS);
    const outward = Math.min(1, (seconds - timeS) / fade.outS);
    return sample * inward * Math.sin((Math.PI / 2) * outward) ** 2;
  });
  // The limiter takes a little loudness back: twice is near enough.
  for (let round = 0; round < 2; round++) {
    const gain = 10 ** ((targetLufs - integratedLufs(mix)) / 20);
    shape(mix, (sample) => sample * gain);
    limit(mix);
  }
}

/** Integrated loudness (ITU-R BS.1770-4): K-weighted, blocks of 400 ms, gated at −70 LUFS and 10 LU below the mean. */
export function integratedLufs(mix: Stereo): number {
  const sides = [mix.left, mix.right].map((samples) => kWeighted(samples));
  const blockFrames = Math.round(0.4 * sampleRate);
  const powers: number[] = [];
  for (let start = 0; start + blockFrames <= mix.left.length; start += blockFrames / 4) {
    let sum = 0;
    for (const samples of sides) {
      for (let frame = start; frame < start + blockFrames; frame++)
        sum += (samples[frame] ?? 0) ** 2;
    }
    powers.push(sum / blockFrames);
  }
  const loudness = (power: number): number => -0.691 + 10 * Math.log10(power);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const audible = powers.filter((power) => loudness(power) > -70);
  const gate = loudness(mean(audible)) - 10;
  return loudness(mean(audible.filter((power) => loudness(power) > gate)));
}

/** The two filters of BS.1770, re-derived for our rate from their analogue prototypes. */
function kWeighted(samples: Float32Array): Float32Array {
  const shelf = shelfOf(1_681.97, 3.99984, 0.70718);
  const highPass = highPassOf(38.1355, 0.500327);
  return biquad(biquad(samples, shelf), highPass);
}

interface Coefficients {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

function shelfOf(hz: number, gainDb: number, q: number): Coefficients {
  const k = Math.tan((Math.PI * hz) / sampleRate);
  const high = 10 ** (gainDb / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

function highPassOf(hz: number, q: number): Coefficients {
  const k = Math.tan((Math.PI * hz) / sampleRate);
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}

function biquad(samples: Float32Array, { b, a }: Coefficients): Float32Array {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

/** Looks 5 ms ahead, turns down in time and comes back within 120 ms: no sample passes the ceiling. */
function limit(mix: Stereo): void {
  const ahead = Math.round(0.005 * sampleRate);
  const back = Math.exp(-1 / (0.12 * sampleRate));
  const frames = mix.left.length;
  const wanted = new Float32Array(frames).map((_, frame) => {
    const peak = Math.max(Math.abs(mix.left[frame] ?? 0), Math.abs(mix.right[frame] ?? 0));
    return Math.min(1, ceiling / (peak || 1));
  });
  const lowest = slidingMinimum(wanted, ahead);
  let released = 1;
  let sum = ahead;
  const window = new Float32Array(ahead).fill(1);
  for (let frame = 0; frame < frames; frame++) {
    const need = lowest[frame] ?? 1;
    released = need < released ? need : 1 - (1 - released) * back;
    released = Math.min(released, need);
    // A mean over the look-ahead makes the way down smooth and has arrived when the peak comes.
    const index = frame % ahead;
    sum += released - (window[index] ?? 1);
    window[index] = released;
    const gain = sum / ahead;
    mix.left[frame] = (mix.left[frame] ?? 0) * gain;
    mix.right[frame] = (mix.right[frame] ?? 0) * gain;
  }
}

/** The least of each value and those up to `ahead` behind it. */
function slidingMinimum(values: Float32Array, ahead: number): Float32Array {
  const result = new Float32Array(values.length);
  const queue: number[] = [];
  let first = 0;
  for (let end = 0; end < values.length + ahead; end++) {
    const value = values[end] ?? 1;
    while (queue.length > first && (values[queue.at(-1) ?? 0] ?? 1) >= value) queue.pop();
    queue.push(end);
    const start = end - ahead;
    if (start < 0) continue;
    while ((queue[first] ?? 0) < start) first++;
    result[start] = values[queue[first] ?? 0] ?? 1;
  }
  return result;
}
