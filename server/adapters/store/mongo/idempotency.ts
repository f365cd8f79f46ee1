import type { IdempotencyStore } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import { isDuplicate } from './failures.ts';
import type { Gate } from './gate.ts';

export function createIdempotency({ idempotency }: Collections, gate: Gate): IdempotencyStore {
  return {
    async begin({ siteId, key, fingerprint, nowMs, expiresAtMs, abandonedMs }) {
      const _id = keyOf(siteId, key);
      const fresh = {
        ...{ siteId, fingerprint, begunAtMs: nowMs, expiresAtMs, status: null, body: null },
        expiresAt: new Date(expiresAtMs),
      };
      // Of what is there only what is over or abandoned may be taken over; else the index says that it is there.
      const free = {
        _id,
        $or: [
          { expiresAtMs: { $lte: nowMs } },
          { fingerprint, status: null, begunAtMs: { $lt: abandonedMs } },
        ],
      };
      try {
        await gate.run((within) =>
          idempotency.updateOne(free, { $set: fresh }, { ...within, upsert: true }),
        );
        return { kind: 'mine' };
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const there = await gate.run((within) => idempotency.findOne({ _id }, within));
      // Given back in this moment: who asks again gets it.
      if (!there) return { kind: 'under-way' };
      if (there.fingerprint !== fingerprint) return { kind: 'other' };
      const { status, body } = there;
      return status === null ? { kind: 'under-way' } : { kind: 'done', answer: { status, body } };
    },
    async finish(siteId, key, { status, body }) {
      const _id = keyOf(siteId, key);
      await gate.run((within) =>
        idempotency.updateOne({ _id }, { $set: { status, body } }, within),
      );
    },
    async release(siteId, key) {
      await gate.run((within) => idempotency.deleteOne({ _id: keyOf(siteId, key) }, within));
    },
    async dropExpired(nowMs) {
      await gate.run((within) => idempotency.deleteMany({ expiresAtMs: { $lte: nowMs } }, within));
    },
  };
}

/** Site ids have no spaces. */
export function keyOf(siteId: string, key: string): string {
  return `${siteId} ${key}`;
}
