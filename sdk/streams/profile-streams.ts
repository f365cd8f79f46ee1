import type { Conflict, Sent } from '../api.ts';
import type { OpenConflict, Profile, UserState } from '../merge/states.ts';
import type { ReplicaId } from '../protocol/ids.ts';
import type { Payloads } from '../protocol/payloads.ts';

/** A person's profile: what they wrote, over what they signed in with. */
export function profileOf(state: UserState | undefined, name: string | undefined): Profile | null {
  if (name === undefined) return null;
  const { name: written, photoFileId, aiOptIn } = state?.fields ?? {};
  return {
    name: typeof written?.value === 'string' ? written.value : name,
    photoFileId: typeof photoFileId?.value === 'string' ? photoFileId.value : null,
    aiOptIn: aiOptIn?.value === true,
  };
}

/** The open questions, told from this replica's side: `mine` is what was written here, where one was. */
export function conflictsOf(
  open: readonly OpenConflict[],
  replicaId: ReplicaId,
  answer: (payload: Payloads['profile.answer']) => Sent,
): readonly Conflict[] {
  return open.map((conflict) => {
    const swapped = conflict.theirs.replicaId === replicaId;
    const mine = swapped ? conflict.theirs : conflict.mine;
    const theirs = swapped ? conflict.mine : conflict.theirs;
    const { conflictId, field } = conflict;
    const keep = (value: Conflict['mine']): Sent => answer({ conflictId, field, value });
    return {
      id: conflictId,
      field,
      mine: mine.value,
      theirs: theirs.value,
      mineIsHere: mine.replicaId === replicaId,
      mineAtMs: mine.atMs,
      theirsAtMs: theirs.atMs,
      keepMine: () => keep(mine.value),
      keepTheirs: () => keep(theirs.value),
      keep,
    };
  });
}
