import { isLastOwner } from '../../sdk/merge/members.ts';
import type { GroupState, Member, ScopeState, UserState } from '../../sdk/merge/states.ts';
import type { FileId, UserId } from '../../sdk/protocol/ids.ts';
import { isErased } from '../access/erased-scope.ts';
import type { ServerDraft } from '../sync/job.ts';

/** What stands where a name stood. */
export const erasedName = 'Former member';
/** What stands where a message stood. */
export const erasedText = '—';

/**
 * The ops that take a person out of a state: what they are called and what they said goes, what they did stays without
 * a name. None where nothing of them is left. All are of types that replicas have always known.
 *
 * @param goneFiles what they uploaded, where that goes too
 */
export function erasingOps(
  state: ScopeState,
  userId: UserId,
  goneFiles: ReadonlySet<FileId>,
): readonly ServerDraft[] {
  if (state.kind === 'user') return profileOps(state, userId);
  return [
    ...nameOps(state, userId),
    ...messageOps(state, userId),
    ...fileOps(state, goneFiles),
    ...leavingOps(state, userId),
  ];
}

/** Also closes what is open between two of their devices: it shows both values. */
function profileOps(state: UserState, userId: UserId): readonly ServerDraft[] {
  const erased = { name: erasedName, photoFileId: null, aiOptIn: false };
  if (isErased(state) && state.conflicts.length === 0) return [];
  const [newest] = Object.values(state.fields)
    .map(({ stamp }) => stamp)
    .sort()
    .reverse();
  const above = newest === undefined ? {} : { above: newest };
  return [{ type: 'profile.update', payload: erased, authorId: userId, erases: true, ...above }];
}

function nameOps({ members }: GroupState, userId: UserId): readonly ServerDraft[] {
  const member = members.present.get(userId);
  if (member) {
    if (member.name === erasedName && member.photoFileId === null) return [];
    const payload = { name: erasedName, photoFileId: null };
    return [{ type: 'members.describe', payload, authorId: userId, erases: true }];
  }
  const former = members.former.get(userId);
  if (!former || former.name === '' || former.name === erasedName) return [];
  // Who has left has no name of their own to change; pruning forgets the names of all who left before.
  const payload = { seq: former.seq, beforeMs: 0, replicas: [] };
  return [{ type: 'log.prune', payload, erases: true }];
}

function messageOps({ messages }: GroupState, userId: UserId): readonly ServerDraft[] {
  const drafts: ServerDraft[] = [];
  messages.forEach(({ messageId, authorId, text, stamp }) => {
    if (authorId !== userId || text === erasedText) return;
    drafts.push({
      type: 'messages.edit',
      payload: { messageId, text: erasedText },
      authorId: userId,
      above: stamp,
      erases: true,
    });
  });
  return drafts;
}

function fileOps({ playlist }: GroupState, goneFiles: ReadonlySet<FileId>): readonly ServerDraft[] {
  const drafts: ServerDraft[] = [];
  playlist.items.forEach(({ itemId, fileId }) => {
    if (fileId === undefined || !goneFiles.has(fileId)) return;
    drafts.push({ type: 'playlist.remove', payload: { itemId }, erases: true });
  });
  return drafts;
}

/** A group needs an owner, and somebody in it: the longest-standing member becomes the one, or the group ends. */
function leavingOps({ info, members }: GroupState, userId: UserId): readonly ServerDraft[] {
  if (info.info.deleted || !members.present.has(userId)) return [];
  const successor = longestStanding(members.present.values(), userId);
  if (!successor) return [{ type: 'group.delete', payload: {}, erases: true }];
  const drafts: ServerDraft[] = [];
  if (isLastOwner(members, userId)) {
    const payload = { memberId: successor.memberId, role: 'owner' } as const;
    drafts.push({ type: 'members.role', payload, erases: true });
  }
  drafts.push({ type: 'members.leave', payload: {}, authorId: userId, erases: true });
  return drafts;
}

/** By the place in the log of the join that began the membership: every replica has the same. */
function longestStanding(present: Iterable<Member>, but: UserId): Member | undefined {
  let longest: Member | undefined;
  for (const member of present) {
    if (member.memberId === but) continue;
    if (!longest || member.incarnation < longest.incarnation) longest = member;
  }
  return longest;
}
