import type { Filter } from 'mongodb';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { LogStore } from '../../../ports/store.ts';
import type { Collections, CommitDocument } from './documents.ts';
import { upserting } from './failures.ts';
import type { Gate } from './gate.ts';
import { forksOf, type Stretch, stretchesOf } from './log-forks.ts';
import { endOfLog } from './log-places.ts';
import type { Parts } from './parts.ts';

/**
 * The part of a log that is about forgetting its beginning.
 *
 * A commit that is trimmed loses its ops and keeps its place for an hour, so that no writer which was held up can take
 * a place that has long been written; then the database forgets it. The last one of the log stays, as its end.
 */
export function createLogTrim(
  collections: Collections,
  gate: Gate,
  parts: Parts,
): Pick<LogStore, 'trim' | 'lease'> {
  const { commits, horizons, leases } = collections;

  const lowestLease = async (scope: Scope, nowMs: number): Promise<number> => {
    await gate.run((within) => leases.deleteMany({ scope, untilMs: { $lt: nowMs } }, within));
    const lowest = await gate.run((within) =>
      leases.findOne({ scope }, { ...within, sort: { seq: 1 } }),
    );
    return lowest?.seq ?? Number.MAX_SAFE_INTEGER;
  };

  const firstKept = async (
    scope: Scope,
    stretches: readonly Stretch[],
    upTo: number,
  ): Promise<number | undefined> => {
    for (const stretch of stretches) {
      const kept = await gate.run((within) =>
        commits.findOne(
          { ...countedIn(scope, stretch), end: { $gt: upTo, $lte: stretch.upTo } },
          { ...within, sort: { seq: 1 }, projection: { seq: 1 } },
        ),
      );
      if (kept) return kept.seq;
    }
    return undefined;
  };

  /** Only ever further on. */
  const moveHorizon = async (scope: Scope, firstSeq: number): Promise<void> => {
    await upserting(() =>
      gate.run((within) =>
        horizons.updateOne(
          { _id: scope, scope },
          { $max: { firstSeq } },
          { ...within, upsert: true },
        ),
      ),
    );
  };

  const empty = async (filter: Filter<CommitDocument>, isLast: boolean): Promise<void> => {
    const large = await gate.run((within) =>
      commits.find({ ...filter, 'runs.whole': { $exists: true } }, within).toArray(),
    );
    await gate.run((within) =>
      commits.updateMany(
        filter,
        {
          $set: { runs: null },
          ...(isLast ? {} : { $currentDate: { trimmedAt: true } }),
        },
        within,
      ),
    );
    for (const { scope, runs } of large) {
      if (runs !== null && typeof runs !== 'string') await parts.drop(scope, runs);
    }
  };

  return {
    async trim(scope, seq, nowMs = 0) {
      const upTo = Math.min(seq, await lowestLease(scope, nowMs));
      const [end, forks] = await Promise.all([
        endOfLog(collections, gate, scope),
        forksOf(collections, gate, scope),
      ]);
      if (!end) return;
      const stretches = stretchesOf(forks);
      await moveHorizon(scope, (await firstKept(scope, stretches, upTo)) ?? end.seq + 1);
      const { _id } = end.last;
      for (const stretch of stretches) {
        const counted = countedIn(scope, stretch);
        const gone = { ...counted, end: { $lte: Math.min(upTo, stretch.upTo) } };
        await empty({ ...gone, trimmedAt: { $exists: false }, _id: { $ne: _id } }, false);
        await empty({ ...gone, _id }, true);
      }
    },
    async lease(scope, seq, untilMs) {
      await upserting(() =>
        gate.run((within) =>
          leases.updateOne(
            { _id: `${scope} ${seq}`, scope },
            { $max: { untilMs }, $setOnInsert: { seq } },
            { ...within, upsert: true },
          ),
        ),
      );
    },
  };
}

function countedIn(scope: Scope, { generation, after }: Stretch) {
  return { scope, generation, seq: { $gt: after }, fork: { $exists: false } };
}
