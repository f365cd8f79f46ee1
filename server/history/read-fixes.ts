import type { GroupId, UserId } from '../../sdk/protocol/ids.ts';
import type { SeriesQuery, TimeSeries } from '../ports/time-series.ts';
import { gapsIn, type PastGap } from './gaps.ts';
import { fixOf, type PastFix } from './position-points.ts';
import type { SeriesWriter } from './series-writer.ts';

/** Where members of a group were in a span, as far as it was asked for. */
export interface HistoryPage {
  /** In the order of their time. */
  readonly fixes: readonly PastFix[];
  /** One fix of each device in so many ms, where the span is long; 1: every one. */
  readonly everyMs: number;
  /** When fixes may be missing that were shared. */
  readonly gaps: readonly PastGap[];
}

/** Reads what is kept of people, each from a time of their own on. Who may see it was decided before. */
export interface FixReader {
  /** @throws {JamzError} `unavailable` while the time series are away */
  read(
    groupId: GroupId,
    since: ReadonlyMap<UserId, number>,
    fromMs: number,
    toMs: number,
  ): Promise<HistoryPage>;
  /** Of whom anything is kept there. @throws {JamzError} as {@link FixReader.read} */
  present(
    groupId: GroupId,
    since: ReadonlyMap<UserId, number>,
    fromMs: number,
    toMs: number,
  ): Promise<ReadonlySet<UserId>>;
}

const dayMs = 24 * 3_600_000;
const maxFixes = 20_000;
/** What a map can show of one device. */
const fixesPerDevice = 2_000;
/** Widths that people recognise, ms. */
const steps = [1, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, dayMs];

export function createFixReader(
  series: Pick<TimeSeries, 'read'>,
  writer: Pick<SeriesWriter, 'openGaps'>,
): FixReader {
  /** Within what anybody in question lets be seen; nothing where nobody does. */
  const query = (
    groupId: GroupId,
    since: ReadonlyMap<UserId, number>,
    fromMs: number,
    toMs: number,
  ): Omit<SeriesQuery, 'everyMs'> => ({
    ...{ series: 'positions', tags: { group: groupId, member: [...since.keys()] } },
    ...{ fromMs: Math.max(fromMs, Math.min(toMs, ...since.values())), toMs },
    ...{ combine: 'last', limit: maxFixes },
  });
  const isSeen = (since: ReadonlyMap<UserId, number>, { memberId, atMs }: PastFix): boolean =>
    atMs >= (since.get(memberId) ?? Number.POSITIVE_INFINITY);

  return {
    async read(groupId, since, fromMs, toMs) {
      if (since.size === 0) return { fixes: [], everyMs: 1, gaps: [] };
      const asked = query(groupId, since, fromMs, toMs);
      let everyMs = stepFor(toMs - asked.fromMs, since.size);
      let points = await series.read({ ...asked, everyMs });
      // More devices than members: coarser, so that the end of the span is in it.
      while (points.length >= maxFixes) {
        everyMs = steps.find((step) => step > everyMs) ?? everyMs * 2;
        points = await series.read({ ...asked, everyMs });
      }
      const fixes = points.map(fixOf).filter((fix) => isSeen(since, fix));
      return {
        fixes,
        everyMs,
        gaps: await gapsIn(series, writer, 'positions', asked.fromMs, toMs),
      };
    },
    async present(groupId, since, fromMs, toMs) {
      if (since.size === 0) return new Set();
      const asked = query(groupId, since, fromMs, toMs);
      // The last fix of each device tells; windows are counted from 1970, so that there may be two.
      const points = await series.read({ ...asked, everyMs: Math.max(1, toMs - asked.fromMs) });
      const seen = points.map(fixOf).filter((fix) => isSeen(since, fix));
      return new Set(seen.map(({ memberId }) => memberId));
    },
  };
}

function stepFor(spanMs: number, members: number): number {
  const fixes = Math.min(fixesPerDevice, maxFixes / Math.max(1, members));
  const needed = spanMs / fixes;
  // A device tells at most one fix a second: below that there is nothing to leave out.
  if (needed <= 1_000) return 1;
  return steps.find((step) => step >= needed) ?? Math.ceil(needed / dayMs) * dayMs;
}
