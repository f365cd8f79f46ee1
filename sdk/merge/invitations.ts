import { emptyMap, type SortedMap } from './sorted-map.ts';
import type { Invitation } from './states.ts';
import type { MergeStrategy } from './strategy.ts';

export type InvitationsOpType = 'invitations.create' | 'invitations.revoke' | 'members.join';

/** Codes by which people join. A join with a code spends one of its uses; a revoked code stays revoked. */
export const invitations: MergeStrategy<SortedMap<Invitation>, InvitationsOpType> = {
  empty: emptyMap(),

  merge(state, op, { at, edit }) {
    switch (op.type) {
      case 'invitations.create': {
        const { code, expiresAtMs = null, uses = null } = op.payload;
        if (state.has(code)) return state;
        const invitation: Invitation = {
          code,
          seq: at.seq,
          createdBy: op.authorId,
          createdAtMs: at.atMs,
          expiresAtMs,
          usesLeft: uses,
          revoked: false,
        };
        return state.set(code, invitation, edit);
      }
      case 'invitations.revoke': {
        const invitation = state.get(op.payload.code);
        if (!invitation || invitation.revoked) return state;
        return state.set(invitation.code, { ...invitation, revoked: true }, edit);
      }
      case 'members.join': {
        const { invitation: code } = op.payload;
        const invitation = code === undefined ? undefined : state.get(code);
        if (!invitation?.usesLeft) return state;
        return state.set(
          invitation.code,
          { ...invitation, usesLeft: invitation.usesLeft - 1 },
          edit,
        );
      }
    }
  },
};

/** Whether a code still lets people in at the server's time `atMs`. */
export function isOpen(invitation: Invitation, atMs: number): boolean {
  const { expiresAtMs, usesLeft, revoked } = invitation;
  return !revoked && usesLeft !== 0 && (expiresAtMs === null || atMs < expiresAtMs);
}
