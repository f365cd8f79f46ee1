import { ok, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../testing/seeded-random.ts';
import { createFourier } from './fourier.ts';

describe('a Fourier transform', () => {
  const length = 64;
  const random = seededRandom(7);
  const noise = (): Float64Array => Float64Array.from({ length }, () => random() - 0.5);
  const furthest = (one: Float64Array, other: Float64Array): number =>
    Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? Number.NaN))));

  it('gives the sum that defines it', () => {
    const [re, im] = [noise(), noise()];
    const [sumRe, sumIm] = [new Float64Array(length), new Float64Array(length)];
    for (let k = 0; k < length; k++) {
      for (let n = 0; n < length; n++) {
        const angle = (-2 * Math.PI * k * n) / length;
        const [a = 0, b = 0] = [re[n], im[n]];
        sumRe[k] = (sumRe[k] ?? 0) + a * Math.cos(angle) - b * Math.sin(angle);
        sumIm[k] = (sumIm[k] ?? 0) + a * Math.sin(angle) + b * Math.cos(angle);
      }
    }
    createFourier(length).forward({ re, im });
    ok(furthest(re, sumRe) < 1e-12);
    ok(furthest(im, sumIm) < 1e-12);
  });

  it('is undone, scale included', () => {
    const [re, im] = [noise(), noise()];
    const [reBefore, imBefore] = [re.slice(), im.slice()];
    const fourier = createFourier(length);
    fourier.forward({ re, im });
    fourier.inverse({ re, im });
    ok(furthest(re, reBefore) < 1e-12);
    ok(furthest(im, imBefore) < 1e-12);
  });

  it('takes powers of two alone', () => {
    for (const wrong of [48, 63]) throws(() => createFourier(wrong), RangeError);
  });
});
