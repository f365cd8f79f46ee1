import { sampleRate } from './sound.ts';

type Wave = 'saw' | 'square' | 'triangle' | 'sine';

/** A subtractive synthesiser's settings: oscillators, a low-pass filter that opens and closes, an envelope. */
export interface Patch {
  readonly oscillators: readonly {
    readonly wave: Wave;
    readonly cents: number;
    readonly gain: number;
  }[];
  /** Where the filter rests, and how much higher it begins. */
  readonly cutoffHz: number;
  readonly sweepHz: number;
  readonly sweepS: number;
  /** 0.5 soft … 4 ringing. */
  readonly resonance: number;
  readonly attackS: number;
  readonly decayS: number;
  readonly sustain: number;
  readonly releaseS: number;
  readonly vibratoCents?: number;
}

/** One note of a synthesiser, with its release. */
export function synth(patch: Patch, hz: number, holdS: number): Float32Array {
  const frames = Math.ceil((holdS + patch.releaseS) * sampleRate);
  const sound = new Float32Array(frames);
  // Fixed phases a golden angle apart: detuned oscillators never begin in step, yet every run is the same.
  const phases = patch.oscillators.map((_, index) => (index * 0.618) % 1);
  let low = 0;
  let band = 0;
  let g = 0;
  for (let frame = 0; frame < frames; frame++) {
    const timeS = frame / sampleRate;
    const vibrato = (patch.vibratoCents ?? 0) * Math.min(1, timeS / 0.6) * Math.sin(timeS * 32);
    let sample = 0;
    patch.oscillators.forEach(({ wave, cents, gain }, index) => {
      const step = (hz * 2 ** ((cents + vibrato) / 1200)) / sampleRate;
      const phase = ((phases[index] ?? 0) + step) % 1;
      phases[index] = phase;
      sample += gain * waveform(wave, phase, step);
    });
    if (frame % 16 === 0) {
      const cutoff = patch.cutoffHz + patch.sweepHz * Math.exp(-timeS / patch.sweepS);
      g = Math.tan(Math.PI * Math.min(0.45, cutoff / sampleRate));
    }
    // State-variable filter by trapezoidal integration (Zavalishin, "The Art of VA Filter Design", 4.1).
    const k = 1 / patch.resonance;
    const high = (sample - (g + k) * band - low) / (1 + g * (g + k));
    const nextBand = g * high + band;
    const nextLow = g * nextBand + low;
    band = g * high + nextBand;
    low = g * nextBand + nextLow;
    sound[frame] = nextLow * envelope(patch, timeS, holdS);
  }
  return sound;
}

function envelope(patch: Patch, timeS: number, holdS: number): number {
  const level = (atS: number): number =>
    atS < patch.attackS
      ? atS / patch.attackS
      : patch.sustain + (1 - patch.sustain) * Math.exp(-(atS - patch.attackS) / patch.decayS);
  if (timeS < holdS) return level(timeS);
  const left = 1 - (timeS - holdS) / patch.releaseS;
  return level(holdS) * left * left;
}

function waveform(wave: Wave, phase: number, step: number): number {
  if (wave === 'sine') return Math.sin(2 * Math.PI * phase);
  if (wave === 'triangle') return 1 - 4 * Math.abs(phase - 0.5);
  if (wave === 'saw') return 2 * phase - 1 - edge(phase, step);
  return (phase < 0.5 ? 1 : -1) + edge(phase, step) - edge((phase + 0.5) % 1, step);
}

/** Rounds the jump of a wave over two samples, so that it does not alias (polyBLEP). */
function edge(phase: number, step: number): number {
  if (phase < step) return 2 * (phase / step) - (phase / step) ** 2 - 1;
  if (phase > 1 - step) return ((phase - 1) / step) ** 2 + 2 * ((phase - 1) / step) + 1;
  return 0;
}

/** An electric piano: a sine bent by another (frequency modulation), with the short ring of its tine. */
export function electricPiano(hz: number, holdS: number, velocity: number): Float32Array {
  const releaseS = 0.35;
  const frames = Math.ceil((holdS + releaseS) * sampleRate);
  const sound = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    const timeS = frame / sampleRate;
    const turn = 2 * Math.PI * hz * timeS;
    const bend = (0.4 + 1.5 * velocity) * Math.exp(-timeS / 0.5) * Math.sin(turn);
    const tine = 0.12 * velocity * Math.exp(-timeS / 0.09) * Math.sin(turn * 14);
    const fade = timeS < holdS ? 1 : 1 - (timeS - holdS) / releaseS;
    const attack = Math.min(1, timeS / 0.004);
    sound[frame] = attack * fade * Math.exp(-timeS / 2.2) * (Math.sin(turn + bend) + tine);
  }
  return sound;
}

/** A vibraphone's bar: its note and the fourth partial, struck softly. */
export function vibes(hz: number, holdS: number): Float32Array {
  const frames = Math.ceil((holdS + 1.2) * sampleRate);
  const sound = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    const timeS = frame / sampleRate;
    const turn = 2 * Math.PI * hz * timeS;
    const shimmer = 1 + 0.18 * Math.sin(2 * Math.PI * 4.7 * timeS);
    const body = Math.sin(turn) * Math.exp(-timeS / 0.9);
    const bright = 0.22 * Math.sin(turn * 4) * Math.exp(-timeS / 0.25);
    sound[frame] = Math.min(1, timeS / 0.003) * shimmer * (body + bright);
  }
  return sound;
}

/**
 * A plucked string: noise running round a delay line that loses its highs (Karplus and Strong, 1983; tuning by an
 * all-pass after Jaffe and Smith).
 *
 * @param brightness 0 felt … 1 steel
 */
export function pluck(
  hz: number,
  ringS: number,
  brightness: number,
  random: () => number,
): Float32Array {
  const frames = Math.ceil(ringS * sampleRate);
  const sound = new Float32Array(frames);
  const period = sampleRate / hz;
  const damping = 0.5 - 0.42 * brightness;
  const whole = Math.floor(period - damping - 0.3);
  const fraction = period - damping - whole;
  const tune = (1 - fraction) / (1 + fraction);
  const string = new Float32Array(whole);
  let soft = 0;
  for (let index = 0; index < whole; index++) {
    soft += (0.25 + 0.7 * brightness) * (random() * 2 - 1 - soft);
    string[index] = soft;
  }
  // Where the finger plucks: a third partial weaker than the others sounds round.
  const finger = Math.round(whole * 0.29);
  const excited = string.map(
    (sample, index) => sample - 0.8 * (string[(index + finger) % whole] ?? 0),
  );
  string.set(excited);
  const loss = 0.001 ** (1 / (hz * ringS * 0.8));
  let before = 0;
  let passed = 0;
  let passedIn = 0;
  for (let frame = 0; frame < frames; frame++) {
    const index = frame % whole;
    const sample = string[index] ?? 0;
    const damped = loss * ((1 - damping) * sample + damping * before);
    before = sample;
    passed = tune * (damped - passed) + passedIn;
    passedIn = damped;
    string[index] = passed;
    sound[frame] = sample * Math.min(1, (frames - frame) / 2_000);
  }
  return sound;
}
