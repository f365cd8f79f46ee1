import type { FamilyRecord, RefreshRecord, SessionStore } from '../../../ports/store.ts';
import type { Collections, Documents, FamilyDocument } from './documents.ts';
import { isDuplicate } from './failures.ts';
import type { Gate } from './gate.ts';

/**
 * A token is spent in one step, on its own document; its successor is there before, known to nobody. Where two come
 * together, or the process dies in between, a successor that nothing leads to is left over: it opens nothing, since its
 * secret was never told.
 */
export function createSessions({ families, refreshTokens }: Collections, gate: Gate): SessionStore {
  const get = async (tokenHash: string): Promise<RefreshRecord | undefined> => {
    const found = await gate.run((within) => refreshTokens.findOne({ _id: tokenHash }, within));
    return found ? toToken(found) : undefined;
  };
  /** Where it is there already it is the same one: a token leads to one successor. */
  const insert = async (record: RefreshRecord): Promise<void> => {
    try {
      await gate.run((within) => refreshTokens.insertOne(tokenDocument(record), within));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  };
  const revoke = async (familyId: string): Promise<boolean> => {
    const { modifiedCount } = await gate.run((within) =>
      families.updateOne({ _id: familyId, revoked: false }, { $set: { revoked: true } }, within),
    );
    return modifiedCount > 0;
  };

  return {
    get,
    async create(record, { device, atMs }) {
      const { familyId, userId, expiresAtMs } = record;
      const times = { createdAtMs: atMs, lastUsedAtMs: atMs };
      const family = familyDocument({ familyId, userId, device, ...times }, false, expiresAtMs);
      try {
        await gate.run((within) => families.insertOne(family, within));
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      await insert(record);
    },
    async rotate(tokenHash, successor, atMs) {
      const { tokenHash: successorHash, familyId, expiresAtMs } = successor;
      const later = { expiresAtMs, expiresAt: new Date(expiresAtMs) };
      const { matchedCount: alive } = await gate.run((within) =>
        families.updateOne({ _id: familyId, revoked: false }, { $max: later }, within),
      );
      if (alive === 0) return 'used';
      await insert(successor);
      const { matchedCount: spent } = await gate.run((within) =>
        refreshTokens.updateOne(
          { _id: tokenHash, familyId, usedAtMs: null },
          { $set: { usedAtMs: atMs, successorHash } },
          within,
        ),
      );
      if (spent === 0) {
        // Whoever was first may have led to the same successor.
        if ((await get(tokenHash))?.successorHash !== successorHash) {
          await gate.run((within) =>
            refreshTokens.deleteOne({ _id: successorHash, usedAtMs: null }, within),
          );
        }
        return 'used';
      }
      await gate.run((within) =>
        families.updateOne({ _id: familyId }, { $max: { lastUsedAtMs: atMs } }, within),
      );
      return 'rotated';
    },
    async revokeFamily(familyId) {
      await revoke(familyId);
    },
    async familyAlive(familyId) {
      const found = await gate.run((within) =>
        families.findOne({ _id: familyId, revoked: false }, within),
      );
      return found !== null;
    },
    async familyOf(familyId) {
      const found = await gate.run((within) =>
        families.findOne({ _id: familyId, revoked: false }, within),
      );
      return found ? toFamily(found) : undefined;
    },
    async familiesOf(userId, nowMs) {
      const own = await gate.run((within) =>
        families
          .find({ userId, revoked: false }, within)
          .sort({ lastUsedAtMs: -1, createdAtMs: -1, _id: 1 })
          .toArray(),
      );
      const familyId = { $in: own.map(({ _id }) => _id) };
      const tokens = await gate.run((within) =>
        refreshTokens
          .find({ familyId, usedAtMs: null, expiresAtMs: { $gt: nowMs } }, within)
          .toArray(),
      );
      const open = new Set(tokens.map((token) => token.familyId));
      return own.filter(({ _id }) => open.has(_id)).map(toFamily);
    },
    async revokeAllOf(userId, but = '') {
      const own = await gate.run((within) =>
        families.find({ userId, revoked: false, _id: { $ne: but } }, within).toArray(),
      );
      const ended = await Promise.all(own.map(({ _id }) => revoke(_id)));
      return own.filter((_, index) => ended[index]).map(({ _id }) => _id);
    },
    async dropExpired(nowMs) {
      const expired = { expiresAtMs: { $lte: nowMs } };
      await gate.run((within) => refreshTokens.deleteMany(expired, within));
      await gate.run((within) => families.deleteMany(expired, within));
    },
  };
}

export function tokenDocument({
  tokenHash: _id,
  ...token
}: RefreshRecord): Documents['refreshTokens'] {
  return { _id, ...token, expiresAt: new Date(token.expiresAtMs) };
}

/** @param expiresAtMs when the last of its tokens expires */
export function familyDocument(
  { familyId: _id, ...family }: FamilyRecord,
  revoked: boolean,
  expiresAtMs: number,
): FamilyDocument {
  return { _id, ...family, revoked, expiresAtMs, expiresAt: new Date(expiresAtMs) };
}

function toToken({
  _id: tokenHash,
  expiresAt: _,
  ...token
}: Documents['refreshTokens']): RefreshRecord {
  return { tokenHash, ...token };
}

function toFamily(document: FamilyDocument): FamilyRecord {
  const { _id: familyId, userId, device, createdAtMs, lastUsedAtMs } = document;
  return { familyId, userId, device, createdAtMs, lastUsedAtMs };
}
