import { type Complex, createFourier, type Fourier } from '../../sdk/music/fourier.ts';
import { chirp, chirpKinds, chirpSamples, slotSamples } from './chirps.ts';

/** A chirp in a recording. */
export interface Arrival {
  readonly kind: number;
  /** Where it begins, samples since the recording did. */
  readonly sample: number;
  /** How well it fits, 0 … 1. */
  readonly likeness: number;
}

/** Reads a stretch of one channel, 0 … 1; what lies outside the recording is silence. */
export type ReadChannel = (from: number, count: number) => Float64Array;

const transformSamples = 16_384;
const lookSamples = slotSamples / 2;
/** What one look covers: half a slot, so that no two chirps begin in it, and the chirp that begins at its very end. */
const windowSamples = lookSamples + chirpSamples;
/** Below this it is noise, or a chirp that was cut. */
const leastLikeness = 0.6;
/** Quieter than this is silence. */
const leastEnergy = 1e-4;
/** Two arrivals closer than this are one. */
const sameWithin = lookSamples / 2;

/**
 * Finds the chirps of one channel by cross-correlation with each of their kinds, to one sample. It knows nothing of
 * what was meant to play when.
 */
export function findArrivals(read: ReadChannel, totalSamples: number): readonly Arrival[] {
  const fourier = createFourier(transformSamples);
  const templates = Array.from({ length: chirpKinds }, (_, kind) =>
    spectrumOf(chirp(kind), fourier),
  );
  const found: Arrival[] = [];
  for (let from = 0; from + windowSamples <= totalSamples; from += lookSamples) {
    const samples = read(from, windowSamples);
    const energies = runningEnergies(samples);
    if (energies.every((energy) => energy < leastEnergy)) continue;
    const spectrum = spectrumOf(samples, fourier);
    let best: Arrival | undefined;
    for (const [kind, template] of templates.entries()) {
      const peak = peakOf(correlate(spectrum, template, fourier), energies, template.energy);
      if (peak.likeness > (best?.likeness ?? leastLikeness)) {
        best = { kind, sample: from + peak.at, likeness: peak.likeness };
      }
    }
    if (best) keep(found, best);
  }
  return found;
}

interface Spectrum extends Complex {
  readonly energy: number;
}

function spectrumOf(samples: Float64Array, fourier: Fourier): Spectrum {
  const re = new Float64Array(fourier.length);
  re.set(samples);
  const im = new Float64Array(fourier.length);
  fourier.forward({ re, im });
  return { re, im, energy: samples.reduce((sum, value) => sum + value ** 2, 0) };
}

function correlate(signal: Complex, template: Complex, fourier: Fourier): Float64Array {
  const re = new Float64Array(fourier.length);
  const im = new Float64Array(fourier.length);
  for (let k = 0; k < fourier.length; k++) {
    const a = signal.re[k] as number;
    const b = signal.im[k] as number;
    const c = template.re[k] as number;
    const d = template.im[k] as number;
    re[k] = a * c + b * d;
    im[k] = b * c - a * d;
  }
  fourier.inverse({ re, im });
  return re;
}

/** The energy of as many samples as a chirp has, from each place on. */
function runningEnergies(samples: Float64Array): Float64Array {
  const energies = new Float64Array(samples.length - chirpSamples);
  let energy = 0;
  for (let index = 0; index < chirpSamples; index++) energy += (samples[index] as number) ** 2;
  for (let at = 0; at < energies.length; at++) {
    energies[at] = energy;
    energy += (samples[at + chirpSamples] as number) ** 2 - (samples[at] as number) ** 2;
  }
  return energies;
}

/** The best fit by shape: the correlation over what a perfect copy of this loudness would give. */
function peakOf(
  correlation: Float64Array,
  energies: Float64Array,
  templateEnergy: number,
): { readonly at: number; readonly likeness: number } {
  let at = 0;
  let likeness = 0;
  for (let lag = 0; lag < energies.length; lag++) {
    const energy = energies[lag] as number;
    if (energy < leastEnergy) continue;
    const fit = (correlation[lag] as number) / Math.sqrt(energy * templateEnergy);
    if (fit > likeness) {
      likeness = fit;
      at = lag;
    }
  }
  return { at, likeness };
}

/** A chirp on the border of two looks is found twice, and the whole one counts. */
function keep(found: Arrival[], next: Arrival): void {
  const last = found.at(-1);
  if (!last || next.sample - last.sample > sameWithin) found.push(next);
  else if (next.likeness > last.likeness) found[found.length - 1] = next;
}
