/** Everything is rendered at this rate. */
export const sampleRate = 44_100;

export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export function silence(seconds: number): Stereo {
  const frames = Math.ceil(seconds * sampleRate);
  return { left: new Float32Array(frames), right: new Float32Array(frames) };
}

/** Lays a mono sound into a bus. What reaches behind the bus's end is cut. @param pan −1 left … 1 right */
export function lay(bus: Stereo, sound: Float32Array, atS: number, gain: number, pan = 0): void {
  const start = Math.round(atS * sampleRate);
  // Equal power: a sound keeps its loudness wherever it stands.
  const angle = ((pan + 1) * Math.PI) / 4;
  const left = gain * Math.cos(angle);
  const right = gain * Math.sin(angle);
  const frames = Math.min(sound.length, bus.left.length - start);
  for (let frame = Math.max(0, -start); frame < frames; frame++) {
    const sample = sound[frame] ?? 0;
    bus.left[start + frame] = (bus.left[start + frame] ?? 0) + sample * left;
    bus.right[start + frame] = (bus.right[start + frame] ?? 0) + sample * right;
  }
}

export function blend(into: Stereo, from: Stereo, gain: number): void {
  for (const side of ['left', 'right'] as const) {
    const target = into[side];
    const source = from[side];
    for (let frame = 0; frame < target.length; frame++) {
      target[frame] = (target[frame] ?? 0) + (source[frame] ?? 0) * gain;
    }
  }
}

/** Changes both sides in place, frame by frame. */
export function shape(bus: Stereo, change: (sample: number, timeS: number) => number): void {
  for (const samples of [bus.left, bus.right]) {
    for (let frame = 0; frame < samples.length; frame++) {
      samples[frame] = change(samples[frame] ?? 0, frame / sampleRate);
    }
  }
}

/** The same numbers at every run (mulberry32), so that the rendered files are too. @returns numbers in [0, 1) */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 0 before `fromS`, 1 after `toS`, smooth between. */
export function rise(timeS: number, fromS: number, toS: number): number {
  const part = Math.min(1, Math.max(0, (timeS - fromS) / (toS - fromS)));
  return part * part * (3 - 2 * part);
}
