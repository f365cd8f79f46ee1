import { existsSync } from 'node:fs';
import type { TimeSeries } from '../../../ports/time-series.ts';
import { countSeries, moveSeries } from '../../time-series/sqlite/move-series.ts';
import type { MoveHistory } from './move-store.ts';
import type { Move } from './open-move.ts';

/**
 * Moves the time series of a file, once, to where a server will look for them.
 *
 * @param path of the file; nothing is moved where there is none
 * @param openTarget opened only where there is something to move
 */
export function seriesMover(
  path: string,
  { seriesNotes, source }: Pick<Move, 'seriesNotes' | 'source'>,
  openTarget: () => Promise<TimeSeries>,
): MoveHistory {
  return async (tell, dryRun) => {
    if (!existsSync(path)) return {};
    const counts = () => named(countSeries(path));
    if (dryRun) return counts();
    const known = await seriesNotes.findOne({ _id: 'series', source });
    if (known?.state === 'done') return {};
    const note = async (place: { readonly set: number; readonly atMs: number }): Promise<void> => {
      const doc = { source, ...place, state: 'moving' as const };
      await seriesNotes.updateOne({ _id: 'series' }, { $set: doc }, { upsert: true });
    };
    const to = await openTarget();
    try {
      await moveSeries({
        ...{ path, to, note, place: known ?? undefined },
        tell: (done, of) => tell({ step: 'history', done, of }),
      });
    } finally {
      await to.close();
    }
    const done = { source, state: 'done' as const };
    await seriesNotes.updateOne(
      { _id: 'series' },
      { $set: done, $setOnInsert: { set: 0, atMs: 0 } },
      { upsert: true },
    );
    return counts();
  };
}

/** As the collections are called that have them in MongoDB. */
function named(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).map(([series, count]) => [`series.${series}`, count]),
  );
}
