const barPitchPx = 4;
const quietest = 0.06;

/**
 * Loudness as upright strokes around a middle line, as the `d` of one SVG path in pixels.
 *
 * Each stroke takes the loudest peak of its stretch, so that a drum beat between two
 * strokes is not lost. Without peaks every stroke has the least height: a dotted line.
 *
 * @param peaks 0 … 1, evenly spaced over the track
 */
export function waveformPath(
  peaks: readonly number[] | null,
  widthPx: number,
  heightPx: number,
): string {
  const bars = Math.max(1, Math.floor(widthPx / barPitchPx));
  const middle = heightPx / 2;
  // Round caps reach beyond the stroke's end by half its width.
  const reach = Math.max(0, middle - 1.5);
  const loudest = peaks ? peaks.reduce((most, peak) => Math.max(most, peak), 0.01) : 1;
  let path = '';
  for (let bar = 0; bar < bars; bar++) {
    const level = peaks ? loudestOf(peaks, bar / bars, (bar + 1) / bars) / loudest : 0;
    const half = Math.max(quietest, level) * reach;
    const x = rounded(((bar + 0.5) * widthPx) / bars);
    path += `M${x} ${rounded(middle - half)}V${rounded(middle + half)}`;
  }
  return path;
}

function loudestOf(peaks: readonly number[], from: number, to: number): number {
  const first = Math.floor(from * peaks.length);
  const last = Math.max(first + 1, Math.floor(to * peaks.length));
  let most = 0;
  for (let index = first; index < last; index++) most = Math.max(most, peaks[index] ?? 0);
  return most;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
