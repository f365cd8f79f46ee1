import type { Point } from '../../../ports/time-series.ts';

/**
 * Points as line protocol, which every version of InfluxDB takes: one line a point, times in ms. All numbers are
 * floats, so that a field has one type for ever. The time stands in a field, too, `at`: what answers for a window has
 * the window's time and not its own.
 *
 * @see https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/
 */
export function linesOf(points: readonly Point[]): string {
  return points.map(lineOf).join('\n');
}

function lineOf({ series, tags, atMs, fields }: Point): string {
  const named = Object.entries(tags)
    // As the database likes them, and an empty tag is none.
    .filter(([, value]) => value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `,${escaped(name)}=${escaped(value)}`);
  const measured = Object.entries({ ...fields, at: atMs }).map(
    ([name, value]) => `${escaped(name)}=${value}`,
  );
  return `${series}${named.join('')} ${measured.join(',')} ${atMs}`;
}

/** Commas, spaces and equals signs end a key; a line break would end the line. */
function escaped(text: string): string {
  return text.replaceAll(/[\r\n]/g, ' ').replaceAll(/([,= \\])/g, '\\$1');
}
