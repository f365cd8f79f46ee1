import { isErrorCode } from '../../../../sdk/protocol/errors.ts';
import type { RefusalStore } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import { upserting } from './failures.ts';
import type { Gate } from './gate.ts';

export function createRefusals({ refusals }: Collections, gate: Gate): RefusalStore {
  return {
    async get(scope, replicaId, numbers) {
      if (numbers.length === 0) return new Map();
      const found = await gate.run((within) =>
        refusals.find({ scope, replicaId, number: { $in: [...numbers] } }, within).toArray(),
      );
      return new Map(
        found.map(({ number, code, message }) => {
          // A code that this version does not know was written by a newer server; what it refused stays refused.
          return [number, { code: isErrorCode(code) ? code : 'invalid', message }];
        }),
      );
    },
    async put(scope, replicaId, refused, expiresAtMs) {
      if (refused.length === 0) return;
      const expiresAt = new Date(expiresAtMs);
      const operations = refused.map(({ number, code, message }) => {
        const filter = { _id: `${scope} ${replicaId} ${number}`, scope };
        const first = { replicaId, number, code, message, expiresAtMs, expiresAt };
        return { updateOne: { filter, update: { $setOnInsert: first }, upsert: true } };
      });
      await upserting(() => gate.run((within) => refusals.bulkWrite(operations, within)));
    },
    async dropExpired(nowMs) {
      await gate.run((within) => refusals.deleteMany({ expiresAtMs: { $lte: nowMs } }, within));
    },
  };
}
