import { type SoundRun, titleOf } from './report.ts';

const width = 900;
const height = 320;
const left = 56;
const right = 16;
const top = 40;
const bottom = 40;
const colours = ['#0b6e99', '#c2410c', '#4d7c0f', '#7e22ce', '#be123c', '#0f766e'];

/** Each phone's distance from their middle over time, and the spread behind it, as an SVG that needs nothing else. */
export function plotSpread(run: SoundRun): string {
  const { moments } = run.measures;
  const last = moments.at(-1)?.seconds ?? 1;
  const most = niceAbove(
    quantileOf(
      moments.map(({ spreadMs }) => spreadMs ?? 0),
      0.998,
    ),
  );
  const x = (seconds: number): string =>
    (left + (seconds / last) * (width - left - right)).toFixed(1);
  const y = (ms: number): string => {
    const bounded = Math.min(most, Math.max(-most, ms));
    return (top + ((most - bounded) / (2 * most)) * (height - top - bottom)).toFixed(1);
  };
  const phones = moments[0]?.offsetsMs.length ?? 0;
  const dots = Array.from({ length: phones }, (_, phone) => {
    const path = moments.flatMap(({ seconds, offsetsMs }) => {
      const ms = offsetsMs[phone];
      return typeof ms === 'number' ? [`M${x(seconds)} ${y(ms)}h.1`] : [];
    });
    return `<path d="${path.join('')}" stroke="${colours[phone % colours.length]}" stroke-width="2" stroke-linecap="round" fill="none"/>`;
  });
  const lines = [-most, -most / 2, 0, most / 2, most].map(
    (ms) =>
      `<path d="M${left} ${y(ms)}H${width - right}" stroke="#ddd"/><text x="${left - 6}" y="${Number(y(ms)) + 4}" text-anchor="end">${Number(ms.toFixed(3))}</text>`,
  );
  const events = run.scene.events
    .filter(({ kind }) => kind !== 'end')
    .map(
      ({ seconds, kind }) =>
        `<path d="M${x(seconds)} ${top}V${height - bottom}" stroke="#999" stroke-dasharray="4 3"/><text x="${x(seconds)}" y="${top - 4}">${kind}</text>`,
    );
  const minutes = Array.from({ length: 7 }, (_, index) => (last / 6) * index).map(
    (seconds) =>
      `<text x="${x(seconds)}" y="${height - bottom + 18}" text-anchor="middle">${(seconds / 60).toFixed(1)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>Each phone's distance from their middle: ${titleOf(run)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="18" font-weight="bold">${titleOf(run)}: each phone's distance from their middle, ms</text>`,
    ...lines,
    ...events,
    ...dots,
    ...minutes,
    `<text x="${width / 2}" y="${height - 4}" text-anchor="middle">minutes</text>`,
    '</svg>\n',
  ].join('\n');
}

function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 1;
}

/** 1, 2 or 5 and zeros, at least a tenth. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 0.1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}
