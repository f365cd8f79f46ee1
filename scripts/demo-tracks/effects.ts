import { type Stereo, sampleRate, silence } from './sound.ts';

/** Filters both sides in place. RBJ's cookbook, second order, Q of a Butterworth. */
export function filter(bus: Stereo, kind: 'low-pass' | 'high-pass', cutoffHz: number): void {
  const w = (2 * Math.PI * cutoffHz) / sampleRate;
  const alpha = Math.sin(w) * Math.SQRT1_2;
  const cos = Math.cos(w);
  const a0 = 1 + alpha;
  const edge = kind === 'low-pass' ? 1 - cos : 1 + cos;
  const b0 = edge / 2 / a0;
  const b1 = (kind === 'low-pass' ? edge : -edge) / a0;
  const a1 = (-2 * cos) / a0;
  const a2 = (1 - alpha) / a0;
  for (const samples of [bus.left, bus.right]) {
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    for (let frame = 0; frame < samples.length; frame++) {
      const x = samples[frame] ?? 0;
      const y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
      [x2, x1, y2, y1] = [x1, x, y1, y];
      samples[frame] = y;
    }
  }
}

const combs = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const allPasses = [556, 441, 341, 225];

/** A room (Freeverb's combs and all-passes). @returns the room alone; @param size 0 small … 1 a hall */
export function room(bus: Stereo, size: number, damping: number): Stereo {
  const wet = silence(bus.left.length / sampleRate);
  const feedback = 0.7 + 0.28 * size;
  for (const [side, spread] of [
    ['left', 0],
    ['right', 23],
  ] as const) {
    const output = wet[side];
    for (const length of combs) {
      const line = new Float32Array(length + spread);
      let dull = 0;
      for (let frame = 0; frame < output.length; frame++) {
        const index = frame % line.length;
        const echo = line[index] ?? 0;
        dull += (1 - damping) * (echo - dull);
        const input = ((bus.left[frame] ?? 0) + (bus.right[frame] ?? 0)) * 0.015;
        line[index] = input + dull * feedback;
        output[frame] = (output[frame] ?? 0) + echo;
      }
    }
    for (const length of allPasses) {
      const line = new Float32Array(length + spread);
      for (let frame = 0; frame < output.length; frame++) {
        const index = frame % line.length;
        const echo = line[index] ?? 0;
        const sample = output[frame] ?? 0;
        line[index] = sample + echo * 0.5;
        output[frame] = echo - sample;
      }
    }
  }
  return wet;
}

/** Echoes that change sides. @returns the echoes alone */
export function echoes(bus: Stereo, delayS: number, feedback: number): Stereo {
  const wet = silence(bus.left.length / sampleRate);
  const delay = Math.round(delayS * sampleRate);
  for (let frame = delay; frame < wet.left.length; frame++) {
    const dry = ((bus.left[frame - delay] ?? 0) + (bus.right[frame - delay] ?? 0)) / 2;
    wet.left[frame] = dry + (wet.right[frame - delay] ?? 0) * feedback;
    wet.right[frame] = (wet.left[frame - delay] ?? 0) * feedback;
  }
  return wet;
}

/** Tape that does not quite keep its speed. @returns the bus as the worn machine plays it */
export function tape(bus: Stereo, depthS: number): Stereo {
  const worn = silence(bus.left.length / sampleRate);
  for (const side of ['left', 'right'] as const) {
    const source = bus[side];
    for (let frame = 0; frame < source.length; frame++) {
      const timeS = frame / sampleRate;
      const drift = Math.sin(timeS * 3.3) + 0.35 * Math.sin(timeS * 21);
      const from = frame - depthS * sampleRate * (1.5 + drift);
      const whole = Math.floor(from);
      const part = from - whole;
      const earlier = source[whole] ?? 0;
      worn[side][frame] = earlier + part * ((source[whole + 1] ?? 0) - earlier);
    }
  }
  return worn;
}

/** Steps back at each of the given times and returns: what makes a pad breathe with the kick. */
export function duck(bus: Stereo, timesS: readonly number[], depth: number, returnS: number): void {
  for (const atS of timesS) {
    const start = Math.round(atS * sampleRate);
    const frames = Math.round(returnS * sampleRate);
    for (let frame = 0; frame < frames; frame++) {
      const part = frame / frames;
      // The first 4 ms ease in, so that stepping back does not click.
      const into = Math.min(1, frame / (0.004 * sampleRate));
      const gain = 1 - depth * into * (1 - part) ** 2;
      for (const samples of [bus.left, bus.right]) {
        const sample = samples[start + frame];
        if (sample !== undefined) samples[start + frame] = sample * gain;
      }
    }
  }
}
