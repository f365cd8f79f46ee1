/** A complex signal: both halves have the transform's length. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Transforms of one length, in place. */
export interface Fourier {
  readonly length: number;
  forward(signal: Complex): void;
  /** Undoes {@link forward}, scale included. */
  inverse(signal: Complex): void;
}

/** Cooley and Tukey 1965, radix 2. @param length a power of two */
export function createFourier(length: number): Fourier {
  const bits = Math.log2(length);
  if (!Number.isInteger(bits)) throw new Error(`${length} is no power of two.`);
  const half = length / 2;
  const cosines = Float64Array.from({ length: half }, (_, k) =>
    Math.cos((2 * Math.PI * k) / length),
  );
  const sines = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / length));
  const reversed = new Uint32Array(length);
  for (let index = 1; index < length; index++) {
    reversed[index] = ((reversed[index >> 1] ?? 0) >> 1) | ((index & 1) << (bits - 1));
  }

  function transform(re: Float64Array, im: Float64Array): void {
    for (let index = 0; index < length; index++) {
      const other = reversed[index] as number;
      if (other <= index) continue;
      swap(re, index, other);
      swap(im, index, other);
    }
    for (let size = 2; size <= length; size *= 2) {
      const step = length / size;
      const middle = size / 2;
      for (let from = 0; from < length; from += size) {
        for (let k = 0; k < middle; k++) {
          const cos = cosines[k * step] as number;
          const sin = sines[k * step] as number;
          const low = from + k;
          const high = low + middle;
          const highRe = re[high] as number;
          const highIm = im[high] as number;
          const turnedRe = highRe * cos + highIm * sin;
          const turnedIm = highIm * cos - highRe * sin;
          re[high] = (re[low] as number) - turnedRe;
          im[high] = (im[low] as number) - turnedIm;
          re[low] = (re[low] as number) + turnedRe;
          im[low] = (im[low] as number) + turnedIm;
        }
      }
    }
  }

  return {
    length,
    forward: ({ re, im }) => transform(re, im),
    inverse({ re, im }) {
      // With both halves exchanged the forward transform is the inverse one, but for the scale.
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
