import type { UsageStore } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import { upserting } from './failures.ts';
import type { Gate } from './gate.ts';

const groupsAtOnce = 1_000;

export function createUsage(
  { groups, memberships, files, siteDays }: Collections,
  gate: Gate,
): UsageStore {
  const bytesIn = async (groupIds: readonly string[]): Promise<number> => {
    const [sum] = await gate.run((within) =>
      files
        .aggregate<{ bytes: number }>(
          [
            { $match: { groupId: { $in: groupIds } } },
            { $lookup: { from: 'takedowns', localField: '_id', foreignField: '_id', as: 'down' } },
            { $match: { down: { $size: 0 } } },
            { $group: { _id: null, bytes: { $sum: '$bytes' } } },
          ],
          within,
        )
        .toArray(),
    );
    return sum?.bytes ?? 0;
  };

  return {
    async countsOf(siteId) {
      const all = await gate.run((within) =>
        groups.find({ siteId }, { ...within, projection: { deleted: 1 } }).toArray(),
      );
      const members = await gate.run((within) => memberships.countDocuments({ siteId }, within));
      let storageBytes = 0;
      for (let at = 0; at < all.length; at += groupsAtOnce) {
        const some = all.slice(at, at + groupsAtOnce);
        storageBytes += await bytesIn(some.map(({ _id }) => _id));
      }
      return { groups: all.filter(({ deleted }) => !deleted).length, members, storageBytes };
    },
    async addOps(siteId, day, count) {
      const after = await upserting(() =>
        gate.run((within) =>
          siteDays.findOneAndUpdate(
            { _id: `${siteId} ${day}` },
            { $inc: { ops: count }, $setOnInsert: { siteId, day } },
            { ...within, upsert: true, returnDocument: 'after' },
          ),
        ),
      );
      return after?.ops ?? count;
    },
    async dropBefore(day) {
      await gate.run((within) => siteDays.deleteMany({ day: { $lt: day } }, within));
    },
  };
}
