/** A complex signal: both halves have the transform's length. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export interface Fourier {
  readonly length: number;
  /** In place. */
  forward(signal: Complex): void;
  /** In place; undoes {@link forward}, scale included. */
  inverse(signal: Complex): void;
}

/** Fast Fourier transforms of one length: Cooley and Tukey 1965, radix 2. @param length a power of two */
export function createFourier(length: number): Fourier {
  const bits = Math.round(Math.log2(length));
  if (2 ** bits !== length) throw new RangeError(`${length} is no power of two.`);
  const turnsRe = new Float64Array(length / 2);
  const turnsIm = new Float64Array(length / 2);
  for (let k = 0; k < length / 2; k++) {
    turnsRe[k] = Math.cos((2 * Math.PI * k) / length);
    turnsIm[k] = -Math.sin((2 * Math.PI * k) / length);
  }

  function transform(re: Float64Array, im: Float64Array): void {
    for (let index = 1, other = 0; index < length; index++) {
      let bit = length >> 1;
      for (; other & bit; bit >>= 1) other ^= bit;
      other ^= bit;
      if (index >= other) continue;
      swap(re, index, other);
      swap(im, index, other);
    }
    for (let stage = 1; stage <= bits; stage++) {
      const half = 2 ** (stage - 1);
      const step = length / (2 * half);
      for (let from = 0; from < length; from += 2 * half) {
        for (let k = 0; k < half; k++) {
          const turnRe = turnsRe[k * step] as number;
          const turnIm = turnsIm[k * step] as number;
          const high = from + k + half;
          const highRe = re[high] as number;
          const highIm = im[high] as number;
          const byRe = highRe * turnRe - highIm * turnIm;
          const byIm = highRe * turnIm + highIm * turnRe;
          const lowRe = re[from + k] as number;
          const lowIm = im[from + k] as number;
          re[high] = lowRe - byRe;
          im[high] = lowIm - byIm;
          re[from + k] = lowRe + byRe;
          im[from + k] = lowIm + byIm;
        }
      }
    }
  }

  return {
    length,
    forward: ({ re, im }) => transform(re, im),
    inverse({ re, im }) {
      // With its halves exchanged a signal is transformed backwards, but for the scale.
      transform(im, re);
      for (let index = 0; index < length; index++) {
        re[index] = (re[index] as number) / length;
        im[index] = (im[index] as number) / length;
      }
    },
  };
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one] as number;
  values[one] = values[other] as number;
  values[other] = kept;
}
