import type { SeriesName, TimeSeries } from '../ports/time-series.ts';
import type { SeriesWriter } from './series-writer.ts';

/** A stretch in which points may be missing. */
export interface PastGap {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** No outage that was ever told of was longer, or its marker is past what is kept. */
const longestGapMs = 30 * 24 * 3_600_000;
const maxGaps = 1_000;

/** Where points of a series are missing in a span: those written down, and those that this process still has to. */
export async function gapsIn(
  series: Pick<TimeSeries, 'read'>,
  writer: Pick<SeriesWriter, 'openGaps'>,
  of: SeriesName,
  fromMs: number,
  toMs: number,
): Promise<readonly PastGap[]> {
  const told = await series.read({
    series: 'gaps',
    tags: { of },
    ...{ fromMs: fromMs - longestGapMs, toMs, everyMs: 1, combine: 'last', limit: maxGaps },
  });
  const all: PastGap[] = [
    ...told.map(({ atMs, fields }) => ({ fromMs: atMs, untilMs: fields['untilMs'] ?? atMs })),
    ...writer.openGaps().filter((gap) => gap.series === of),
  ];
  const merged: PastGap[] = [];
  for (const gap of all.sort((one, other) => one.fromMs - other.fromMs)) {
    if (gap.untilMs < fromMs || gap.fromMs >= toMs) continue;
    const last = merged.at(-1);
    if (last && gap.fromMs <= last.untilMs) {
      const untilMs = Math.max(last.untilMs, gap.untilMs);
      merged[merged.length - 1] = { fromMs: last.fromMs, untilMs };
    } else {
      merged.push({ fromMs: gap.fromMs, untilMs: gap.untilMs });
    }
  }
  return merged;
}
