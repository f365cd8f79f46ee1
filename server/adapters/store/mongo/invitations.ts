import type { InvitationStore } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import { isDuplicate } from './failures.ts';
import type { Gate } from './gate.ts';

export function createInvitations(
  { invitations, invitationUses }: Collections,
  gate: Gate,
): InvitationStore {
  const once = async (insert: Promise<unknown>): Promise<void> => {
    try {
      await insert;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  };
  return {
    async groupOf(code) {
      return (await gate.run((within) => invitations.findOne({ _id: code }, within)))?.groupId;
    },
    // A code never moves to another group, even if it were drawn twice.
    put: (code, groupId) =>
      once(gate.run((within) => invitations.insertOne({ _id: code, groupId }, within))),
    noteUse: (code, userId) =>
      once(gate.run((within) => invitationUses.insertOne({ _id: useIdOf(code, userId) }, within))),
    async wasUsedBy(code, userIds) {
      const _id = { $in: userIds.map((userId) => useIdOf(code, userId)) };
      return (await gate.run((within) => invitationUses.findOne({ _id }, within))) !== null;
    },
  };
}

export function useIdOf(code: string, userId: string): string {
  return `${code} ${userId}`;
}
