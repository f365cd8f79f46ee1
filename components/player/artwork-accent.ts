const samplePx = 24;
const hueBins = 24;

/**
 * A colour to go with a picture, as a CSS value for both themes; null where the picture has
 * no colour, or where the page may not read it.
 *
 * Hue and chroma come from the picture, lightness is ours, so that contrast holds on a light
 * and on a dark ground: about 5:1 at 0.5 on white, 9:1 at 0.82 on near-black.
 */
export function accentOf(image: HTMLImageElement): string | null {
  const pixels = pixelsOf(image);
  const color = pixels && dominantColor(pixels);
  if (!color) return null;
  const hue = Math.round(color.hueDeg);
  const chroma = Math.min(0.17, Math.max(0.07, color.chroma));
  return `light-dark(oklch(0.5 ${chroma.toFixed(3)} ${hue}), oklch(0.82 ${(chroma * 0.85).toFixed(3)} ${hue}))`;
}

export interface DominantColor {
  readonly hueDeg: number;
  /** OKLCH chroma, 0 … about 0.37. */
  readonly chroma: number;
}

/**
 * The hue that most of the colourful pixels share.
 *
 * @param rgba four bytes a pixel, as ImageData holds them
 */
export function dominantColor(rgba: Uint8ClampedArray): DominantColor | null {
  const weight = new Float64Array(hueBins);
  const along = new Float64Array(hueBins);
  const across = new Float64Array(hueBins);
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    if ((rgba[at + 3] ?? 0) < 128) continue;
    const [a, b] = oklabAxes(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0);
    const chroma = Math.hypot(a, b);
    if (chroma < 0.04) continue;
    const turn = (Math.atan2(b, a) / (2 * Math.PI) + 1) % 1;
    const bin = Math.floor(turn * hueBins) % hueBins;
    weight[bin] = (weight[bin] ?? 0) + chroma;
    along[bin] = (along[bin] ?? 0) + a * chroma;
    across[bin] = (across[bin] ?? 0) + b * chroma;
  }
  const heaviest = weight.indexOf(Math.max(...weight));
  const total = weight[heaviest] ?? 0;
  if (total === 0) return null;
  const a = (along[heaviest] ?? 0) / total;
  const b = (across[heaviest] ?? 0) / total;
  const hueDeg = ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
  return { hueDeg, chroma: Math.hypot(a, b) };
}

function pixelsOf(image: HTMLImageElement): Uint8ClampedArray | null {
  const canvas = image.ownerDocument.createElement('canvas');
  canvas.width = samplePx;
  canvas.height = samplePx;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  try {
    context.drawImage(image, 0, 0, samplePx, samplePx);
    return context.getImageData(0, 0, samplePx, samplePx).data;
  } catch {
    // A picture of another origin without CORS taints the canvas.
    return null;
  }
}

/** The two colour axes of OKLab (Björn Ottosson, 2020) of an sRGB colour, 0 … 255 each. */
function oklabAxes(red: number, green: number, blue: number): readonly [a: number, b: number] {
  const r = linear(red);
  const g = linear(green);
  const b = linear(blue);
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
