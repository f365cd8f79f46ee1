import { sampleRate } from './sound.ts';

type Random = () => number;

function strike(seconds: number, sampleAt: (timeS: number) => number): Float32Array {
  return Float32Array.from({ length: Math.ceil(seconds * sampleRate) }, (_, frame) =>
    sampleAt(frame / sampleRate),
  );
}

/** White noise without its lows. @param keep 0 all of it … 1 only the highest */
function hiss(random: Random, keep: number): () => number {
  let last = 0;
  let out = 0;
  return () => {
    const white = random() * 2 - 1;
    out = keep * (out + white - last);
    last = white;
    return out;
  };
}

/** A sine that falls from a click to `hz`. */
export function kick(hz: number, decayS: number): Float32Array {
  let phase = 0;
  return strike(decayS * 4, (timeS) => {
    phase += (hz * (1 + 5 * Math.exp(-timeS / 0.018))) / sampleRate;
    const click = timeS < 0.003 ? (1 - timeS / 0.003) * 0.35 : 0;
    return Math.sin(2 * Math.PI * phase) * Math.exp(-timeS / decayS) + click;
  });
}

/** @param tone how much of the drum's skin is heard beside its wires */
export function snare(random: Random, decayS: number, tone: number): Float32Array {
  const wires = hiss(random, 0.75);
  return strike(decayS * 5, (timeS) => {
    const skin = Math.sin(2 * Math.PI * (185 + 60 * Math.exp(-timeS / 0.01)) * timeS);
    return wires() * Math.exp(-timeS / decayS) + tone * skin * Math.exp(-timeS / 0.06);
  });
}

/** Closed or open cymbal by its decay. */
export function hat(random: Random, decayS: number): Float32Array {
  const metal = hiss(random, 0.25);
  return strike(decayS * 5, (timeS) => metal() * Math.exp(-timeS / decayS));
}

/** Grains that swell before they stop. */
export function shaker(random: Random, seconds: number): Float32Array {
  const grains = hiss(random, 0.35);
  return strike(seconds, (timeS) => {
    const part = timeS / seconds;
    return grains() * Math.sin(Math.PI * Math.sqrt(part)) ** 2;
  });
}

/** Several hands, nearly together. */
export function clap(random: Random): Float32Array {
  const hands = hiss(random, 0.6);
  return strike(0.25, (timeS) => {
    const bursts = [0, 0.011, 0.023].reduce(
      (sum, atS) => sum + (timeS >= atS ? Math.exp(-(timeS - atS) / 0.006) : 0),
      0,
    );
    return hands() * (0.6 * bursts + (timeS > 0.023 ? Math.exp(-(timeS - 0.023) / 0.05) : 0));
  });
}

export function tom(hz: number): Float32Array {
  let phase = 0;
  return strike(0.7, (timeS) => {
    phase += (hz * (1 + 0.5 * Math.exp(-timeS / 0.05))) / sampleRate;
    return Math.sin(2 * Math.PI * phase) * Math.exp(-timeS / 0.16);
  });
}

/** Wood on the drum's edge. */
export function rim(): Float32Array {
  return strike(0.08, (timeS) => {
    const wood = Math.sin(2 * Math.PI * 1_720 * timeS) + 0.6 * Math.sin(2 * Math.PI * 480 * timeS);
    return wood * Math.exp(-timeS / 0.012);
  });
}
