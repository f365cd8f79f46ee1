import type { OneTimeToken, OneTimeTokenStore } from '../../../ports/store.ts';
import type { Collections, Documents } from './documents.ts';
import type { Gate } from './gate.ts';

export function createOneTimeTokens({ oneTimeTokens }: Collections, gate: Gate): OneTimeTokenStore {
  return {
    async create(token) {
      await gate.run((within) => oneTimeTokens.insertOne(oneTimeDocument(token), within));
    },
    async take(tokenHash, purpose, nowMs) {
      // Read and forgotten in one step, so that it works once whoever comes together.
      const taken = await gate.run((within) =>
        oneTimeTokens.findOneAndDelete(
          { _id: tokenHash, purpose, expiresAtMs: { $gt: nowMs } },
          within,
        ),
      );
      if (!taken) return undefined;
      const { _id, expiresAt: _, ...token } = taken;
      return { tokenHash, ...token };
    },
    async dropOf(userId, purpose) {
      await gate.run((within) => oneTimeTokens.deleteMany({ userId, purpose }, within));
    },
    async dropExpired(nowMs) {
      await gate.run((within) =>
        oneTimeTokens.deleteMany({ expiresAtMs: { $lte: nowMs } }, within),
      );
    },
  };
}

export function oneTimeDocument({
  tokenHash: _id,
  ...token
}: OneTimeToken): Documents['oneTimeTokens'] {
  return { _id, ...token, expiresAt: new Date(token.expiresAtMs) };
}
