import { type Camera, metresPerPixel } from './geo.ts';

/** A bar of the scale: a round distance and how long it is on the screen. */
export interface ScaleBar {
  readonly metres: number;
  readonly px: number;
}

/** The longest round distance (1, 2 or 5 times a power of ten) that fits into `maxPx`. */
export function scaleBar(camera: Camera, maxPx: number): ScaleBar {
  const perPixel = metresPerPixel(camera);
  const most = perPixel * maxPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find((figure) => figure * power <= most) ?? 1;
  const metres = step * power;
  return { metres, px: metres / perPixel };
}
