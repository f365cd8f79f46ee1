import { chirp, chirpSeconds } from './chirp.ts';
import { type Complex, createFourier, type Fourier } from './fourier.ts';

/** A chirp in a recording. */
export interface FoundChirp {
  /** Where it begins, in samples from the recording's first one, between samples too. */
  readonly at: number;
  /** How well it fits, 0 … 1. */
  readonly likeness: number;
}

/** @param kind 0 … 7 */
export type FindChirp = (recording: Float32Array, kind: number) => FoundChirp | undefined;

/** Below this it may be noise: of half a million places of pure noise none is as alike as that. */
const leastLikeness = 0.3;
/** What comes straight is first; an echo may be louder, by no more than that, and comes soon after. */
const firstShare = 0.55;
const echoSeconds = 0.05;

/**
 * Makes what finds chirps by a matched filter, in the middle of noise and before their echoes; between samples by the
 * parabola through the highest three.
 *
 * @param longest how many samples a recording may have
 */
export function chirpFinder(sampleRate: number, longest: number): FindChirp {
  const length = Math.round(chirpSeconds * sampleRate);
  const fourier = createFourier(2 ** Math.ceil(Math.log2(longest + length)));
  const filters = new Map<number, Filter>();

  return (recording, kind) => {
    const filter = filters.get(kind) ?? filterOf(chirp(kind, sampleRate), fourier);
    filters.set(kind, filter);
    const fits = likenesses(recording.subarray(0, longest), filter);
    const highest = fits.reduce((peak, fit, at) => (fit > (fits[peak] as number) ? at : peak), 0);
    const most = fits[highest] ?? 0;
    if (most < leastLikeness) return undefined;
    const from = Math.max(1, highest - Math.round(echoSeconds * sampleRate));
    let first = highest;
    for (let at = from; at < highest; at++) {
      const fit = fits[at] as number;
      const isPeak = fit >= (fits[at - 1] as number) && fit > (fits[at + 1] as number);
      if (isPeak && fit > firstShare * most) {
        first = at;
        break;
      }
    }
    return { at: first + besidePeak(fits, first), likeness: fits[first] as number };
  };

  function likenesses(recording: Float32Array, filter: Filter): Float64Array {
    const spectrum = spectrumOf(recording, fourier);
    for (let k = 0; k < fourier.length; k++) {
      const a = spectrum.re[k] as number;
      const b = spectrum.im[k] as number;
      const c = filter.re[k] as number;
      const d = filter.im[k] as number;
      spectrum.re[k] = a * c + b * d;
      spectrum.im[k] = b * c - a * d;
    }
    fourier.inverse(spectrum);
    const places = Math.max(0, recording.length - length + 1);
    const least = energyOf(recording) / recording.length / 1e4;
    let near = energyOf(recording.subarray(0, length));
    const fits = new Float64Array(places);
    for (let at = 0; at < places; at++) {
      const loud = Math.max(near, least * length);
      near += (recording[at + length] ?? 0) ** 2 - (recording[at] as number) ** 2;
      fits[at] = loud > 0 ? (spectrum.re[at] as number) / Math.sqrt(loud * filter.energy) : 0;
    }
    return fits;
  }
}

/** Where the parabola through a peak and its neighbours has its top, −0.5 … 0.5. */
function besidePeak(values: Float64Array, at: number): number {
  const [before, peak, after] = [values[at - 1], values[at], values[at + 1]];
  if (before === undefined || peak === undefined || after === undefined) return 0;
  const curve = before - 2 * peak + after;
  return curve < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curve))) : 0;
}

interface Filter extends Complex {
  readonly energy: number;
}

function filterOf(samples: Float32Array, fourier: Fourier): Filter {
  return { ...spectrumOf(samples, fourier), energy: energyOf(samples) };
}

function spectrumOf(samples: Float32Array, fourier: Fourier): Complex {
  const re = new Float64Array(fourier.length);
  re.set(samples);
  const signal = { re, im: new Float64Array(fourier.length) };
  fourier.forward(signal);
  return signal;
}

function energyOf(samples: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at++) sum += (samples[at] as number) ** 2;
  return sum;
}
