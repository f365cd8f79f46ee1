import type { PersonalStore } from '../../../ports/store.ts';
import type { MongoArchive } from './archive.ts';
import type { CutOut } from './cut-out.ts';
import type { Collections } from './documents.ts';
import { toFile } from './files.ts';
import type { Gate } from './gate.ts';
import { forksOf } from './log-forks.ts';
import { emailKeyOf, externalKeyOf } from './users.ts';

export function createPersonal(
  collections: Collections,
  gate: Gate,
  archive: Pick<MongoArchive, 'messagesOf'>,
  cutOut: CutOut,
): PersonalStore {
  const { users, families, refreshTokens, oneTimeTokens, memberships, stays, files } = collections;
  const { archivedMessages, archivedEdits, pushSubscriptions, settings } = collections;
  const { trips, tripAnswers } = collections;

  return {
    async groupsOf(userId) {
      const found = await gate.run((within) =>
        stays.find({ userId }, within).sort({ groupId: 1 }).toArray(),
      );
      return found.map(({ groupId }) => groupId);
    },
    async filesOf(uploadedBy) {
      const found = await gate.run((within) =>
        files.find({ uploadedBy }, within).sort({ createdAtMs: 1, _id: 1 }).toArray(),
      );
      return found.map(toFile);
    },
    messagesOf: archive.messagesOf,
    async redactMessages(scope, authorId, text) {
      await gate.run((within) => archivedEdits.deleteMany({ scope, authorId }, within));
      await gate.run((within) =>
        archivedMessages.updateMany({ scope, authorId }, { $set: { text } }, within),
      );
    },
    async dropCut(scope) {
      const forks = await forksOf(collections, gate, scope);
      await cutOut.dropDerived(scope, forks);
      await cutOut.dropOps(scope, forks);
    },
    async beginErasure(userId, { name, atMs, alsoFiles }) {
      const nobody = { userId, email: null, externalId: null };
      const erased = {
        ...{ name, email: null, emailVerifiedAtMs: null, passwordHash: null, externalId: null },
        ...{ emailKey: emailKeyOf(nobody), externalKey: externalKeyOf(nobody) },
      };
      const begun = await gate.run((within) =>
        users.updateOne(
          { _id: userId, erasure: { $exists: false } },
          { $set: { ...erased, erasure: { atMs, alsoFiles } } },
          within,
        ),
      );
      if (begun.matchedCount > 0) return true;
      const again = await gate.run((within) =>
        users.updateOne({ _id: userId }, { $set: erased }, within),
      );
      return again.matchedCount > 0;
    },
    async begunErasures() {
      const found = await gate.run((within) =>
        users
          .find({ 'erasure.atMs': { $exists: true } }, within)
          .sort({ 'erasure.atMs': 1, _id: 1 })
          .toArray(),
      );
      return found.flatMap(({ _id: userId, siteId, name, erasure }) =>
        erasure ? [{ userId, siteId, name, ...erasure }] : [],
      );
    },
    async finishErasure(userId) {
      for (const collection of [refreshTokens, families, oneTimeTokens, memberships, stays]) {
        await gate.run((within) => collection.deleteMany({ userId }, within));
      }
      await gate.run((within) => pushSubscriptions.deleteMany({ userId }, within));
      const shared = await gate.run((within) => trips.find({ sharedBy: userId }, within).toArray());
      const tripId = { $in: shared.map(({ _id }) => _id) };
      await gate.run((within) => tripAnswers.deleteMany({ $or: [{ userId }, { tripId }] }, within));
      await gate.run((within) => trips.deleteMany({ sharedBy: userId }, within));
      await gate.run((within) => settings.deleteMany({ owner: `u:${userId}` }, within));
      await gate.run((within) =>
        files.updateMany({ uploadedBy: userId }, { $set: { uploadedBy: '' } }, within),
      );
      // Last: while it is there the erasure counts as begun, and is gone on with after a crash.
      await gate.run((within) => users.deleteOne({ _id: userId }, within));
    },
  };
}
