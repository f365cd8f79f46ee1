import { compareHlc, parseHlc } from '../clock/hlc.ts';
import { serverReplicaId } from '../protocol/ids.ts';
import type { OpFor } from '../protocol/ops.ts';
import type { ProfileField } from '../protocol/payloads.ts';
import type { FieldWrite, OpenConflict, Profile, UserState } from './states.ts';
import type { MergeContext, MergeStrategy } from './strategy.ts';

export type ProfileOpType = 'profile.update' | 'profile.answer';

export type ProfileState = Pick<UserState, 'fields' | 'conflicts'>;

/** Writes of one field further apart than this are not a question: the later simply stands. */
export const conflictWindowMs = 300_000;

/**
 * The last writer of a field wins it. Where two devices wrote different values within five minutes and neither had
 * seen the other's, the winner stands meanwhile and a conflict is opened for the person to decide. One answer, or a
 * later write that had seen both, closes it; two answers converge on the later. What the server wrote at sign-up is no
 * device's, and never a question.
 */
export const profile: MergeStrategy<ProfileState, ProfileOpType> = {
  empty: { fields: {}, conflicts: [] },

  merge(state, op, context) {
    if (op.type === 'profile.answer') return answer(state, op, context);
    let next = state;
    for (const [field, value] of Object.entries(op.payload)) {
      next = update(next, field as ProfileField, writeOf(op, value, context));
    }
    return next;
  },
};

/** What the fields say, with a name for who never gave one. */
export function profileOf({ fields }: Pick<UserState, 'fields'>, nameless = ''): Profile {
  const name = fields.name?.value;
  const photoFileId = fields.photoFileId?.value;
  return {
    name: typeof name === 'string' ? name : nameless,
    photoFileId: typeof photoFileId === 'string' ? photoFileId : null,
    aiOptIn: fields.aiOptIn?.value === true,
  };
}

function update(state: ProfileState, field: ProfileField, write: FieldWrite): ProfileState {
  const standing = state.fields[field];
  if (!standing) return withWrite(state, field, write);
  const wins = compareHlc(write.stamp, standing.stamp) > 0;
  const written = wins ? withWrite(state, field, write) : state;
  if (isConcurrent(write, standing)) {
    if (write.value === standing.value || distanceMs(write, standing) >= conflictWindowMs) {
      return written;
    }
    const [mine, theirs] = wins ? [write, standing] : [standing, write];
    return withConflict(written, field, mine, theirs);
  }
  return wins ? withoutSeenConflict(written, field, write) : written;
}

function answer(
  state: ProfileState,
  op: OpFor<'profile.answer'>,
  context: MergeContext,
): ProfileState {
  const { conflictId, field, value } = op.payload;
  const conflicts = state.conflicts.filter((open) => open.conflictId !== conflictId);
  const closed = conflicts.length === state.conflicts.length ? state : { ...state, conflicts };
  const standing = state.fields[field];
  if (standing && compareHlc(op.stamp, standing.stamp) <= 0) return closed;
  return withWrite(closed, field, writeOf(op, value, context));
}

function writeOf(
  op: OpFor<ProfileOpType>,
  value: FieldWrite['value'],
  { at }: MergeContext,
): FieldWrite {
  const { stamp, base, replicaId, number } = op;
  return { value, stamp, atMs: parseHlc(stamp).wallMs, base, replicaId, number, seq: at.seq };
}

/** Whether the writer of `later`, which stands behind `earlier` in the log, had not seen it. */
function isConcurrent(later: FieldWrite, earlier: FieldWrite): boolean {
  if (later.replicaId === serverReplicaId || earlier.replicaId === serverReplicaId) return false;
  return later.replicaId !== earlier.replicaId && later.base.seq < earlier.seq;
}

function distanceMs(a: FieldWrite, b: FieldWrite): number {
  return Math.abs(a.atMs - b.atMs);
}

function withWrite(state: ProfileState, field: ProfileField, write: FieldWrite): ProfileState {
  return { ...state, fields: { ...state.fields, [field]: write } };
}

/** One open question per field: a third writer joins the one that is open, against the value that stands. */
function withConflict(
  state: ProfileState,
  field: ProfileField,
  mine: FieldWrite,
  theirs: FieldWrite,
): ProfileState {
  const open = state.conflicts.find((conflict) => conflict.field === field);
  const earlier = Math.min(mine.seq, theirs.seq);
  const conflictId = open?.conflictId ?? `${field}-${earlier}`;
  const conflict: OpenConflict = { conflictId, field, mine, theirs };
  return { ...state, conflicts: [...state.conflicts.filter((kept) => kept !== open), conflict] };
}

/** A later write that had seen both sides is an answer. */
function withoutSeenConflict(
  state: ProfileState,
  field: ProfileField,
  write: FieldWrite,
): ProfileState {
  const conflicts = state.conflicts.filter(
    (open) =>
      open.field !== field || isConcurrent(write, open.mine) || isConcurrent(write, open.theirs),
  );
  return conflicts.length === state.conflicts.length ? state : { ...state, conflicts };
}
