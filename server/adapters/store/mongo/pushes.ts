import type { PushStore } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import { isDuplicate } from './failures.ts';
import type { Gate } from './gate.ts';

export function createPushes(
  { pushSubscriptions, pushClaims }: Collections,
  gate: Gate,
): PushStore {
  return {
    async put({ subscriptionId: _id, ...subscription }) {
      await gate.run((within) =>
        pushSubscriptions.replaceOne({ _id }, subscription, { ...within, upsert: true }),
      );
    },
    async get(subscriptionId) {
      const found = await gate.run((within) =>
        pushSubscriptions.findOne({ _id: subscriptionId }, within),
      );
      if (!found) return undefined;
      const { _id, ...subscription } = found;
      return { subscriptionId, ...subscription };
    },
    async ofUsers(userIds) {
      const found = await gate.run((within) =>
        pushSubscriptions.find({ userId: { $in: [...userIds] } }, within).toArray(),
      );
      return found.map(({ _id: subscriptionId, ...subscription }) => {
        return { subscriptionId, ...subscription };
      });
    },
    async drop(subscriptionId) {
      await gate.run((within) => pushSubscriptions.deleteOne({ _id: subscriptionId }, within));
    },
    async dropOfFamily(familyId) {
      await gate.run((within) => pushSubscriptions.deleteMany({ familyId }, within));
    },
    async claim(key, expiresAtMs) {
      const claim = { _id: key, expiresAtMs, expiresAt: new Date(expiresAtMs) };
      try {
        await gate.run((within) => pushClaims.insertOne(claim, within));
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async unclaim(key) {
      await gate.run((within) => pushClaims.deleteOne({ _id: key }, within));
    },
    async dropExpired(nowMs) {
      await gate.run((within) => pushClaims.deleteMany({ expiresAtMs: { $lte: nowMs } }, within));
    },
  };
}
