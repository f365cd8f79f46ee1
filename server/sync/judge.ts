import { refusalOf } from '../../sdk/merge/admissible.ts';
import { isApplied } from '../../sdk/merge/fold.ts';
import { actionOf, may } from '../../sdk/merge/permissions.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import { wallMsOf } from '../../sdk/protocol/hlc.ts';
import { isUpload, type UserId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import { countsUpTo, wantedUpTo } from './generations.ts';
import { opKey, type PushJob } from './job.ts';
import type { View } from './view.ts';

/** What the server says of one op of a push, before it is folded. */
export type Verdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'retry'; readonly code: ErrorCode; readonly message: string };

export interface JudgeContext {
  /** The log's end before the batch. */
  readonly view: View;
  readonly nowMs: number;
  /** The server's time that the commit will carry. */
  readonly atMs: number;
  /** Ops whose folding failed, by {@link opKey}. */
  readonly poison: ReadonlySet<string>;
}

/** The state that a deduplicated, authorised and admissible op may change. Earlier ops of the batch are in it. */
export function judge(op: Op, job: PushJob, state: ScopeState, context: JudgeContext): Verdict {
  if (isApplied(state, op.replicaId, op.number)) return { kind: 'known' };
  return (
    strangerVerdict(op, job) ??
    rememberedVerdict(op, job) ??
    timeVerdict(op, context) ??
    forgottenVerdict(op, state) ??
    archivedVerdict(op, job, state) ??
    uploadVerdict(op) ??
    admissionVerdict(op, job, state, context)
  );
}

/** The op stays with whoever has it: the right person's token can still bring it. */
function strangerVerdict(op: Op, { actor, ownReplicas }: PushJob): Verdict | undefined {
  if (op.authorId !== actor.userId) {
    return retry('forbidden', 'Made by another person: sign in as its author to send it');
  }
  if (!ownReplicas.has(op.replicaId)) {
    return retry('forbidden', 'This replica id is another person’s: take a new one');
  }
  return undefined;
}

function rememberedVerdict(op: Op, { remembered }: PushJob): Verdict | undefined {
  if (remembered.size === 0) return undefined;
  const known = remembered.get(opKey(op));
  return known && refuse(known[1], known[2]);
}

function timeVerdict(op: Op, { view, nowMs, poison }: JudgeContext): Verdict | undefined {
  if (poison.size > 0 && poison.has(opKey(op))) {
    return retry('internal', 'The server failed on this op');
  }
  const aheadMs = wallMsOf(op.stamp) - nowMs;
  if (aheadMs > limits.maxClockAheadMs) {
    return retry('clock-ahead', `Stamped ${Math.round(aheadMs / 1_000)} s ahead of the server`);
  }
  const { generation, seq } = op.base;
  if (seq <= countsUpTo(view.forks, view, generation)) return undefined;
  if (generation < view.generation) {
    return retry('unavailable', 'Made on top of ops that this log has lost: pull first');
  }
  return refuse('invalid', 'Made on top of ops that this log does not have');
}

/** What such a replica had in the log before cannot be told from what is new. */
function forgottenVerdict(op: Op, state: ScopeState): Verdict | undefined {
  if (state.forgottenMs === 0 || state.applied.has(op.replicaId)) return undefined;
  if (wallMsOf(op.stamp) > state.forgottenMs + limits.maxClockAheadMs) return undefined;
  return refuse('invalid', 'Too old to tell whether it was taken: if it is not there, do it again');
}

/** An edit of a message that the state no longer holds: the archive takes it, from its author. */
function archivedVerdict(op: Op, { archived }: PushJob, state: ScopeState): Verdict | undefined {
  if (op.type !== 'messages.edit' || state.kind === 'user') return undefined;
  const { messageId } = op.payload;
  if (state.messages.has(messageId) || refusalOf(state, op, 0)) return undefined;
  if (!archived.has(messageId)) return retry('unavailable', 'The message has just been archived');
  const author = archived.get(messageId);
  if (author === undefined) return refuse('not-found', 'This message is unknown.');
  if (author !== op.authorId) return refuse('forbidden', 'Only its author can edit a message.');
  return undefined;
}

/** An SDK holds these back; in the log nobody else could play them, ever. */
function uploadVerdict(op: Op): Verdict | undefined {
  if (op.type !== 'playlist.add') return undefined;
  if (!op.payload.items.some(({ fileId }) => isUpload(fileId))) return undefined;
  return refuse('invalid', 'Its file is not on the server yet: add it when it is');
}

function admissionVerdict(
  op: Op,
  { actor }: PushJob,
  state: ScopeState,
  { view, nowMs, atMs }: JudgeContext,
): Verdict {
  if (!isAllowed(op, actor.userId, state)) {
    return refuse('forbidden', `The group’s rules do not let you do this (${op.type})`);
  }
  const refusal = refusalOf(state, op, atMs);
  if (!refusal) return { kind: 'accept' };
  const { code, message } = refusal;
  // Time heals this one, and the device can set its clock meanwhile.
  if (code === 'clock-ahead') return retry(code, message);
  // What it names may have been in the log before that was wound back, and be on its way again.
  const isMissing = code === 'not-found' || code === 'forbidden';
  if (isMissing && isReturning(op, view, nowMs)) return retry('unavailable', message);
  return refuse(code, message);
}

/**
 * Made on top of something that was cut out of the log and is wanted again. What was made on top of an earlier place
 * names what this log has or has removed: nothing of it can be on its way.
 */
function isReturning({ base }: Op, view: View, nowMs: number): boolean {
  if (base.generation === view.generation) return false;
  const countedSeq = countsUpTo(view.forks, view, base.generation);
  if (base.seq < countedSeq) return false;
  return wantedUpTo(view.forks, base.generation, nowMs) > countedSeq;
}

function isAllowed(op: Op, userId: UserId, state: ScopeState): boolean {
  const action = actionOf(op.type);
  if (action === 'server') return false;
  // What does not belong to this kind of scope at all is for `refusalOf` to say.
  if (action === 'self' || state.kind === 'user') return true;
  return may(state, userId, action);
}

function refuse(code: ErrorCode, message: string): Verdict {
  return { kind: 'refuse', code, message };
}

function retry(code: ErrorCode, message: string): Verdict {
  return { kind: 'retry', code, message };
}
